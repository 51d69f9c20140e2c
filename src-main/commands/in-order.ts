// Puts events of several sources into the order of their time. In: events that may come late. Out: the same in order.
// A recording must be ordered, but X hands keys and movements over in batches, up to two seconds after they happened.
import type { InputEvent } from '../agent/events.ts';

export interface InOrder {
  readonly add: (event: InputEvent) => void;
  /** Takes out what happened before `ts`, in order. What comes later than that and is older is left out and counted. */
  readonly takeUntil: (ts: number) => readonly InputEvent[];
  /** Events that came too late. */
  readonly late: () => number;
}

export function createInOrder(): InOrder {
  let waiting: InputEvent[] = [];
  let takenUntil = -Infinity;
  let late = 0;
  return {
    add: (event) => {
      if (event.ts < takenUntil) late++;
      else waiting.push(event);
    },
    takeUntil: (ts) => {
      // The sort is stable: events of the same microsecond stay as they came.
      waiting.sort((one, other) => one.ts - other.ts);
      const firstKept = waiting.findIndex((event) => event.ts >= ts);
      const taken = waiting.slice(0, firstKept < 0 ? waiting.length : firstKept);
      waiting = waiting.slice(taken.length);
      takenUntil = Math.max(takenUntil, ts);
      return taken;
    },
    late: () => late,
  };
}
