// Enters: events with times of their own (a recording, an invented person). Leaves: the same events, each published when
// its turn has come, their times moved to the present. Gaps keep their length whatever the speed: at speed 10 the events'
// clock runs ten times as fast as the wall clock, because a shortened gap would be somebody else's typing.
import type { InputEvent } from '../events.ts';

export interface Pace {
  /** The present on the events' clock, microseconds since the epoch; the wall clock's at speed 1. */
  readonly nowUs: () => number;
  readonly stop: () => Promise<void>;
}

export interface PaceOptions {
  /** In order of `ts`. */
  readonly events: Iterable<InputEvent> | AsyncIterable<InputEvent>;
  /** 0.1 to 1000. */
  readonly speed: number;
  readonly publish: (event: InputEvent) => void;
  /** All events are published, or `events` threw. */
  readonly onEnd: (error: Error | null) => void;
  readonly wallMs?: () => number;
}

/** Of the events' clock: as often as the driver of X11 reads what a hand has done. Their times are their own, so fewer wake-ups cost nothing. */
const STEP_MS = 250;
/** At great speeds steps are no shorter than this, and never longer than that: it would be noticed too late that the machine has slept. */
const [SHORTEST_STEP_MS, LONGEST_STEP_MS] = [20, 250];
/** A machine that slept or stalled longer than this does not get the missed events all at once. */
const STALL_MS = 2000;

type Taker = Iterator<InputEvent> | AsyncIterator<InputEvent>;

const takerOf = (events: PaceOptions['events']): Taker =>
  Symbol.iterator in events ? events[Symbol.iterator]() : events[Symbol.asyncIterator]();

/** Starts at once. */
export function startPace({ events, speed, publish, onEnd, wallMs = Date.now }: PaceOptions): Pace {
  const startMs = wallMs();
  let lostMs = 0;
  let lastWakeMs = startMs;
  const shortestMs = Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, STEP_MS / speed));
  const nowUs = (): number => Math.round((startMs + (wallMs() - startMs - lostMs) * speed) * 1000);
  let stopped = false;
  let wake: (() => void) | null = null;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (take: Taker): Promise<void> => {
    let shiftUs: number | null = null;
    for (;;) {
      const asked = take.next();
      // What is at hand is not waited for: an invented typist has something 14 times a second.
      const { done, value: event } = asked instanceof Promise ? await asked : asked;
      if (done === true) return;
      shiftUs ??= Math.round(startMs * 1000) - event.ts;
      const ts = event.ts + shiftUs;
      while (!stopped && ts > nowUs()) {
        const stepMs = Math.min(LONGEST_STEP_MS, Math.max(shortestMs, (ts - nowUs()) / 1000 / speed));
        await sleep(stepMs);
        const lateMs = wallMs() - lastWakeMs - stepMs;
        if (lateMs > STALL_MS) lostMs += lateMs;
        lastWakeMs = wallMs();
      }
      if (stopped) return;
      publish({ ...event, ts });
    }
  };

  const taker = takerOf(events);
  const closed = run(taker).finally(() => taker.return?.());
  const running = closed.then(
    () => {
      if (!stopped) onEnd(null);
    },
    (error: unknown) => {
      if (!stopped) onEnd(error instanceof Error ? error : new Error('the source of events failed'));
    },
  );
  return {
    nowUs,
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
