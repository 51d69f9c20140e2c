// What is to be learned from in, in the order in which it came; out what has waited long enough. A takeover is noticed before that, and
// then all that waits is dropped.

export interface Quarantine<T> {
  readonly add: (item: T) => void;
  /** Takes out what came until then. */
  readonly until: (atUs: number) => readonly T[];
  /** Takes out everything. */
  readonly empty: () => readonly T[];
}

/** @param atUsOf when it came, microseconds. */
export function quarantine<T>(atUsOf: (item: T) => number): Quarantine<T> {
  let waiting: readonly T[] = [];
  return {
    add: (item) => {
      waiting = [...waiting, item];
    },
    until: (atUs) => {
      const due = waiting.filter((item) => atUsOf(item) <= atUs);
      waiting = waiting.slice(due.length);
      return due;
    },
    empty: () => {
      const all = waiting;
      waiting = [];
      return all;
    },
  };
}
