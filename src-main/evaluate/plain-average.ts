// The rule that the product's filter is held against: at each tick the weighted mean of what the modalities say, 0-100, smoothed
// exponentially, with the same thresholds and the same patience. Ticks in, alarms out; pure but for the state that it keeps.
import type { Modality } from '../../src-preload/contract.ts';
import { decide, reauthenticated, STARTING, type DecisionState } from '../agent/decide/state-machine.ts';
import type { Tick } from '../agent/pipeline.ts';
import type { DecisionSettings, FusionSettings } from '../agent/settings.ts';
import { isAlarm, type Rule } from './chain-rule.ts';

/**
 * Of the reference design, where linguistics has the .15 that are missing here: nothing scores it. Among those that scored at a tick
 * they are made to sum to 1.
 */
const WEIGHTS: Readonly<Record<Modality, number>> = { keystroke: 0.4, mouse: 0.3, app: 0.15, linguistic: 0.15 };
/** Share of the newest tick, of the reference design. */
const SMOOTHING = 0.3;

export type Ratios = ReadonlyMap<Modality, { readonly llr: number }>;

/** @param ratios log-likelihood ratios, natural log. @returns points, 0-100; null where nobody scored. */
export function plainAverage(ratios: Ratios): number | null {
  let [sum, weight] = [0, 0];
  for (const [modality, { llr }] of ratios) {
    sum += (WEIGHTS[modality] * 100) / (1 + Math.exp(-llr));
    weight += WEIGHTS[modality];
  }
  return weight === 0 ? null : sum / weight;
}

interface RuleSettings {
  readonly fusion: Pick<FusionSettings, 'unknown'>;
  readonly decision: DecisionSettings;
}

/** It starts and starts anew with the trust that the product starts with. Without evidence nothing changes. */
export function plainAverageRule({ fusion, decision }: RuleSettings): Rule {
  const start = 100 * fusion.unknown;
  let trust = start;
  let machine: DecisionState = STARTING;
  return {
    alarmed: ({ point, scores }: Tick) => {
      const ready = point.trust !== null;
      const said = ready ? plainAverage(scores) : null;
      if (said !== null) trust += SMOOTHING * (said - trust);
      // As the pipeline does: a tick without evidence calls for nothing.
      if (said !== null || machine.state === 'LEARNING' || !ready)
        machine = decide(machine, ready ? trust : null, decision);
      return isAlarm(machine.state);
    },
    reauthenticated: () => {
      trust = start;
      machine = reauthenticated(machine);
    },
  };
}
