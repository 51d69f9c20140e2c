// Events of one modality in, windows of its activity out: those that share nothing, to learn from, and the last one, to score.
// Memory only, bounded: what is older than the window is forgotten.
import { activityClock } from './features/activity-clock.ts';

export interface ActiveWindows<E extends { readonly ts: number }> {
  readonly push: (event: E) => void;
  /** Activity so far, microseconds. */
  readonly activeUs: () => number;
  /** Events of the last `windowUs` of activity, in the order of arrival; the same array until there is another event. */
  readonly recent: () => readonly E[];
  /** Windows of `windowUs` that were completed since the last call, oldest first; no two of them share an event. */
  readonly take: () => readonly (readonly E[])[];
  /** The window under way is never completed; the next one begins with the next event. */
  readonly restart: () => void;
  /** Forgets all events: what comes next is another sitting. */
  readonly clear: () => void;
}

interface Timed<E> {
  readonly event: E;
  readonly activeUs: number;
}

/** A step back by more than this is a clock that was set, not an event that came late. */
const LATE_US = 1_000_000;
/** Of completed windows that nobody takes, the newest are kept. */
const MAX_UNTAKEN = 32;

/** @param capacity the most events of a window; the oldest go first (a 1 kHz mouse fills 15,000 in 15 s). */
export function activeWindows<E extends { readonly ts: number }>(
  windowUs: number,
  capacity = 60_000,
): ActiveWindows<E> {
  const clock = activityClock();
  let last: Timed<E>[] = [];
  let underWay: E[] = [];
  let endUs = windowUs;
  let completed: (readonly E[])[] = [];
  /** What `recent` said last, while nothing has come since. */
  let told: readonly E[] | null = null;

  const restart = (): void => {
    underWay = [];
    endUs = clock.activeUs() + windowUs;
  };
  const clear = (): void => {
    clock.part();
    [last, completed, told] = [[], [], null];
    restart();
  };
  function trim(): void {
    const fromUs = clock.activeUs() - windowUs;
    const first = last.findIndex(({ activeUs }) => activeUs > fromUs);
    if (first > 0) last = last.slice(first);
  }

  return {
    push: (event) => {
      if (event.ts < (last.at(-1)?.event.ts ?? event.ts) - LATE_US) clear();
      const activeUs = clock.moveTo(event.ts);
      if (activeUs >= endUs) {
        completed = [...completed, underWay].slice(-MAX_UNTAKEN);
        underWay = [];
        endUs += windowUs;
      }
      underWay.push(event);
      last.push({ event, activeUs });
      told = null;
      if (underWay.length > 2 * capacity) underWay = underWay.slice(-capacity);
      if (last.length > 2 * capacity) last = last.slice(-capacity);
    },
    activeUs: clock.activeUs,
    recent: () => {
      if (told !== null) return told;
      trim();
      return (told = last.map(({ event }) => event));
    },
    take: () => {
      trim();
      const taken = completed;
      completed = [];
      return taken;
    },
    restart,
    clear,
  };
}
