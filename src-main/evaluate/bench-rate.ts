// How much input the pipeline takes with its models loaded. In: lines of recordings. Out: events a second of two kinds.
// `rate`: a flood. The events come so densely that a hop holds many thousands, and one tick follows: what the
// agent withstands while it runs. `replay`: windows that a person could make, and a tick for every hop of the events' own time:
// what a recording is read at. There the tick outweighs everything else, for a hop has some hundred events at most.
import { parseEventLine, type InputEvent } from '../agent/events.ts';
import type { Pipeline } from '../agent/pipeline.ts';
import type { Figure } from './bench-figure.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork, take, withoutPauses } from './bench-stream.ts';

const WARM_UP_CHUNKS = 2;
const CHUNKS = 10;

/** Events in a hop of the flood, and in a stretch of the replay, whose lines are made before the clock runs. */
const CHUNK = {
  keystroke: { flood: 100_000, replay: 20_000 },
  mouse: { flood: 100_000, replay: 20_000 },
  app: { flood: 10_000, replay: 500 },
} as const satisfies Record<InputEvent['type'], { readonly flood: number; readonly replay: number }>;

/** A stretch of events in the order of time, another at each call. */
type Source = () => readonly InputEvent[];

export function rateFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const common = { better: 'more', statistic: 'median', reference: null, goal: null } as const;
  const flood = (type: InputEvent['type']) => async (): Promise<readonly number[]> => {
    const known = await profile();
    return measureRate(known, floodOf(type, known));
  };
  const replay = (type: InputEvent['type']) => async (): Promise<readonly number[]> => {
    const known = await profile();
    return measureRate(known, replayOf(type, known));
  };
  const [strokes, events, switches] = ['strokes/s', 'events/s', 'switches/s'];
  return [
    { ...common, name: 'rate-keystrokes', unit: strokes, reference: 1000, goal: 200_000, measure: flood('keystroke') },
    { ...common, name: 'rate-mouse', unit: events, reference: 10_000, goal: 1_000_000, measure: flood('mouse') },
    { ...common, name: 'rate-apps', unit: switches, reference: 1.7, goal: 10_000, measure: flood('app') },
    { ...common, name: 'replay-keystrokes', unit: strokes, measure: replay('keystroke') },
    { ...common, name: 'replay-mouse', unit: events, measure: replay('mouse') },
    { ...common, name: 'replay-apps', unit: switches, measure: replay('app') },
  ];
}

/** The same events over and over, evenly spaced, a hop's length each time. */
function floodOf(type: InputEvent['type'], { settings, endUs }: Profile): Source {
  const count = CHUNK[type].flood;
  const events = take(withoutPauses(adaAtWork(5), type), count);
  let startUs = endUs;
  return () => {
    const fromUs = startUs;
    startUs += settings.hopUs;
    return events.map((event, i) => ({ ...event, ts: Math.floor(fromUs + ((i + 1) * settings.hopUs) / count) }));
  };
}

/** Somebody who does nothing else, without end. */
function replayOf(type: InputEvent['type'], { endUs }: Profile): Source {
  const events = withoutPauses(adaAtWork(5, endUs), type);
  return () => take(events, CHUNK[type].replay);
}

async function measureRate(
  { pipeline: build, store, settings, endUs }: Profile,
  source: Source,
): Promise<readonly number[]> {
  const { pipeline } = await build();
  const feed = createFeed(pipeline, store.flush, settings.hopUs, endUs);
  const rates: number[] = [];
  for (let chunk = -WARM_UP_CHUNKS; chunk < CHUNKS; chunk += 1) {
    const events = source();
    const lines = events.map((event) => JSON.stringify(event));
    const startMs = performance.now();
    for (const line of lines) {
      const ticking = feed(line);
      if (ticking !== null) await ticking;
    }
    const tookS = (performance.now() - startMs) / 1000;
    if (chunk >= 0) rates.push(events.filter(counts).length / tookS);
  }
  return rates;
}

/** A stroke is one press, whatever number of events it makes. */
const counts = (event: InputEvent): boolean => event.type !== 'keystroke' || event.event === 'press';

/** @returns takes a line; a promise when the ticks before its event are due, which must be awaited before the next line. */
function createFeed(
  pipeline: Pipeline,
  flush: () => void,
  hopUs: number,
  startUs: number,
): (line: string) => Promise<void> | null {
  let nextUs = startUs + hopUs;
  const catchUp = async (event: InputEvent): Promise<void> => {
    for (; event.ts > nextUs; nextUs += hopUs) {
      await pipeline.tick(nextUs);
      flush();
    }
    pipeline.accept(event);
  };
  return (line) => {
    const parsed = parseEventLine(line);
    if (!parsed.ok) throw new Error(`the synthetic typist made an event that is none: ${parsed.reason}`);
    if (parsed.event.ts > nextUs) return catchUp(parsed.event);
    pipeline.accept(parsed.event);
    return null;
  };
}
