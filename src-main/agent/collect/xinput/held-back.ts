// Events in; the same in their order out, but not while that is being read which they are understood by.

export interface HeldBack<T> {
  readonly accept: (event: T) => void;
  /** Holds back what comes from now on until this has ended, well or badly, and everything else that was begun meanwhile. */
  readonly until: (reading: Promise<unknown>) => void;
}

export function createHeldBack<T>(handOn: (event: T) => void): HeldBack<T> {
  let held: T[] = [];
  let readings = 0;

  const ended = (): void => {
    readings -= 1;
    if (readings > 0) return;
    const events = held;
    held = [];
    for (const event of events) handOn(event);
  };
  return {
    accept: (event) => {
      if (readings > 0) held.push(event);
      else handOn(event);
    },
    until: (reading) => {
      readings += 1;
      reading.then(ended, ended);
    },
  };
}
