// Evidence of ticks in, the time that fusing it and deciding on it takes out.
import { decide, STARTING, type DecisionState } from '../agent/decide/state-machine.ts';
import { fuse, trustOf, unknownTrust } from '../agent/fuse/trust-filter.ts';
import { createRandom } from '../agent/learn/random.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { Figure } from './bench-figure.ts';
import { cycled, timeMs } from './bench-timing.ts';

/** As many as the crowd of typing has. */
const PEOPLE = 1000;
const TICKS = 64;

export function fusionFigures(): readonly Figure[] {
  const common = { unit: 'ms', better: 'less', statistic: 'median' } as const;
  return [{ ...common, name: 'fuse-decide', reference: 2, goal: 0.05, measure: measureFusion }];
}

/** Typing against the whole crowd, mouse and applications, all at each tick. */
async function measureFusion(): Promise<readonly number[]> {
  const { fusion, decision } = DEFAULT_SETTINGS;
  const random = createRandom(1);
  const crowds = Array.from({ length: TICKS }, () =>
    Float64Array.from({ length: PEOPLE }, () => 0.3 * random.normal()),
  );
  let trust = unknownTrust(fusion);
  let machine: DecisionState = STARTING;
  const states = new Set<string>();
  const took = timeMs(
    (call) => {
      // For and against in turn, so that trust wanders through all states.
      const llr = (call >> 6) % 2 === 0 ? 0.6 : -0.6;
      const evidence = [
        { modality: 'keystroke' as const, against: cycled(crowds, call), share: 0.2 },
        { modality: 'mouse' as const, llr, share: 0.2 },
        { modality: 'app' as const, llr, share: 0.2 },
      ];
      trust = fuse(trust, 1, evidence, fusion).state;
      machine = decide(machine, trustOf(trust).trust, decision);
      states.add(machine.state);
    },
    { warmUp: 50, samples: 200, batch: 20 },
  );
  if (states.size < 3) throw new Error(`trust stayed in ${[...states].join(' and ')}`);
  return took;
}
