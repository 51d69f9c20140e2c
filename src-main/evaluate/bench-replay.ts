// What a recording is read at with the models loaded: lines of windows that a person could make in, events a second of processor time
// out, with a tick for every hop of the events' own time. There the tick outweighs everything else, for a hop has some hundred events at
// most. And the lines alone: parsed and checked.
import { parseEventLine, type InputEvent } from '../agent/events.ts';
import type { Pipeline } from '../agent/pipeline.ts';
import type { Figure } from './bench-figure.ts';
import { counts } from './bench-flood.ts';
import type { Profile } from './bench-profile.ts';
import { adaAtWork, take, withoutPauses } from './bench-stream.ts';
import { processorSeconds, timeMs } from './bench-timing.ts';

const WARM_UP_CHUNKS = 2;
const CHUNKS = 10;
/** Events in a stretch, whose lines are made before the clock runs. */
const EVENTS = { keystroke: 4000, mouse: 10_000, app: 200 } as const satisfies Record<InputEvent['type'], number>;
const LINES = 10_000;

export function replayFigures(profile: () => Promise<Profile>): readonly Figure[] {
  const common = { better: 'more', statistic: 'median', reference: null, goal: null } as const;
  const replay = (type: InputEvent['type']) => async () => measureReplay(await profile(), type);
  const [strokes, events, switches] = ['strokes/s', 'events/s', 'switches/s'];
  return [
    { ...common, name: 'replay-lines', unit: 'lines/s', measure: measureLines },
    { ...common, name: 'replay-keystrokes', unit: strokes, measure: replay('keystroke') },
    { ...common, name: 'replay-mouse', unit: events, measure: replay('mouse') },
    { ...common, name: 'replay-apps', unit: switches, measure: replay('app') },
  ];
}

function measureLines(): Promise<readonly number[]> {
  const lines = take(adaAtWork(5)[Symbol.iterator](), LINES).map((event) => JSON.stringify(event));
  const took = timeMs(
    () => {
      for (const line of lines) eventOf(line);
    },
    { warmUp: 5, samples: 50 },
  );
  return Promise.resolve(took.map((ms) => (1000 * LINES) / ms));
}

async function measureReplay(
  { pipeline: build, store, settings, endUs }: Profile,
  type: InputEvent['type'],
): Promise<readonly number[]> {
  const { pipeline } = await build();
  const feed = createFeed(pipeline, store.flush, settings.hopUs, endUs);
  // Somebody who does nothing else, without end.
  const source = withoutPauses(adaAtWork(5, endUs), type);
  const rates: number[] = [];
  for (let chunk = -WARM_UP_CHUNKS; chunk < CHUNKS; chunk += 1) {
    const events = take(source, EVENTS[type]);
    const lines = events.map((event) => JSON.stringify(event));
    const startS = processorSeconds();
    for (const line of lines) {
      const ticking = feed(line);
      if (ticking !== null) await ticking;
    }
    const tookS = processorSeconds() - startS;
    if (chunk >= 0) rates.push(events.filter(counts).length / tookS);
  }
  return rates;
}

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
    const event = eventOf(line);
    if (event.ts > nextUs) return catchUp(event);
    pipeline.accept(event);
    return null;
  };
}

/** @throws Error when the line is none. */
function eventOf(line: string): InputEvent {
  const parsed = parseEventLine(line);
  if (!parsed.ok) throw new Error(`the synthetic typist made an event that is none: ${parsed.reason}`);
  return parsed.event;
}
