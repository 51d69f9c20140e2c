// Times of events in, time of use out: the clock runs while there is input, and every gap counts for at most a second, as in the
// protocols of the mouse recordings. One that goes backwards counts nothing.

export const IDLE_CAP_US = 1_000_000;

export interface ActivityClock {
  /** Moves on to an event at `ts`, microseconds. @returns microseconds of activity from the first event until this one */
  readonly moveTo: (ts: number) => number;
  readonly activeUs: () => number;
  /** The time until the next event counts nothing. */
  readonly part: () => void;
}

/** @param capUs whole microseconds, so that no rounding moves an event over the edge of a window */
export function activityClock(capUs = IDLE_CAP_US): ActivityClock {
  let activeUs = 0;
  let lastUs: number | null = null;
  return {
    moveTo: (ts) => {
      activeUs += Math.min(Math.max(0, ts - (lastUs ?? ts)), capUs);
      lastUs = ts;
      return activeUs;
    },
    activeUs: () => activeUs,
    part: () => {
      lastUs = null;
    },
  };
}
