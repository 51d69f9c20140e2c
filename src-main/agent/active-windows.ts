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
  /** The last events and the activity until each of them; those before `first` are over and wait to be taken off together. */
  let last: E[] = [];
  let times: number[] = [];
  let first = 0;
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
    [last, times, first] = [[], [], 0];
    [completed, told] = [[], null];
    restart();
  };
  /** Once in a while and not at each step: what is kept is never more than twice what is asked for. */
  function takeOff(): void {
    if (first === 0 || 2 * first < last.length) return;
    [last, times, first] = [last.slice(first), times.slice(first), 0];
  }
  function trim(): void {
    const fromUs = clock.activeUs() - windowUs;
    while (first < times.length && (times[first] ?? 0) <= fromUs) first += 1;
    takeOff();
  }

  return {
    push: (event) => {
      if (event.ts < (last.at(-1)?.ts ?? event.ts) - LATE_US) clear();
      const activeUs = clock.moveTo(event.ts);
      if (activeUs >= endUs) {
        completed = [...completed, underWay].slice(-MAX_UNTAKEN);
        underWay = [];
        endUs += windowUs;
      }
      underWay.push(event);
      last.push(event);
      times.push(activeUs);
      told = null;
      if (underWay.length > 2 * capacity) underWay = underWay.slice(-capacity);
      if (last.length - first <= 2 * capacity) return;
      first = last.length - capacity;
      takeOff();
    },
    activeUs: clock.activeUs,
    recent: () => {
      if (told !== null) return told;
      trim();
      return (told = last.slice(first));
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
