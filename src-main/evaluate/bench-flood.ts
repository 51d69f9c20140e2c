// How much live input the agent withstands with its models loaded: a flood of one kind of event in, events a second of processor time
// out. Each goes onto the bus, past the watch for injected input and into the pipeline; a second of the events' time holds many
// thousands of them, and a tick with its row on the disk follows. No hand is that fast, so of keys the models see no more than hands could
// type: the figure says that the agent keeps up, and `replay-keystrokes` how many keys it scores.
import type { InputEvent } from '../agent/events.ts';
import { createInjectedInputWatch } from '../agent/infer/injected-input.ts';
import { createIntake, type Intake } from '../agent/intake.ts';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork, take, withoutPauses } from './bench-stream.ts';
import { processorSeconds } from './bench-timing.ts';

const WARM_UP_HOPS = 3;
const HOPS = 12;
const EVENTS = { keystroke: 100_000, mouse: 100_000, app: 10_000 } as const satisfies Record<
  InputEvent['type'],
  number
>;
/** Less than the bus holds: what a source hands over before the next drain. */
const BATCH = 4096;

export function floodFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const flood = (type: InputEvent['type']) => async () => measureFlood(await profile(), type);
  const common = { better: 'more', statistic: 'median' } as const;
  const [strokes, events, switches] = ['strokes/s', 'events/s', 'switches/s'];
  return [
    { ...common, name: 'rate-keystrokes', unit: strokes, reference: 1000, goal: 200_000, measure: flood('keystroke') },
    { ...common, name: 'rate-mouse', unit: events, reference: 10_000, goal: 1_000_000, measure: flood('mouse') },
    { ...common, name: 'rate-apps', unit: switches, reference: 1.7, goal: 10_000, measure: flood('app') },
  ];
}

async function measureFlood(
  { pipeline: build, store, settings, endUs }: Profile,
  type: InputEvent['type'],
): Promise<readonly number[]> {
  const { pipeline } = await build();
  const watch = createInjectedInputWatch();
  let nowUs = endUs;
  const intake = createIntake({
    accept: (event) => {
      watch.accept(event);
      pipeline.accept(event);
    },
    nowUs: () => nowUs,
    drained: () => undefined,
    onLost: (error) => {
      throw error;
    },
  });
  const pattern = take(withoutPauses(adaAtWork(5), type), EVENTS[type]);
  const rates: number[] = [];
  try {
    for (let hop = -WARM_UP_HOPS; hop < HOPS; hop += 1) {
      const fromUs = nowUs;
      nowUs += settings.hopUs;
      const events = pattern.map((event, i) => ({
        ...event,
        ts: Math.floor(fromUs + ((i + 1) * settings.hopUs) / pattern.length),
      }));
      const startS = processorSeconds();
      publishAll(intake, events);
      watch.check(nowUs);
      await pipeline.tick(nowUs);
      store.flush();
      const tookS = processorSeconds() - startS;
      if (hop >= 0) rates.push(events.filter(counts).length / tookS);
    }
    const { published, refused, dropped } = intake.counts();
    if (refused + dropped > 0) throw new Error(`of ${published} events ${refused} were refused and ${dropped} dropped`);
  } finally {
    intake.stop();
  }
  return rates;
}

function publishAll({ publish, drain }: Intake, events: readonly InputEvent[]): void {
  for (const [i, event] of events.entries()) {
    publish(event);
    if (i % BATCH === BATCH - 1) drain();
  }
  drain();
}

/** A stroke is one press, whatever number of events it makes. */
export const counts = (event: InputEvent): boolean => event.type !== 'keystroke' || event.event === 'press';
