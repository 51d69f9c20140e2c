// Times of events from elsewhere in, times on the clock of this machine out. Another machine's clock may be wrong, and a recording's is of
// another day; what is learned and judged lies in the distances between events, and those are kept.

export type EventTime = { readonly ok: true; readonly ts: number } | { readonly ok: false; readonly reason: string };

export interface EventTimes {
  /** Both in microseconds since the epoch. */
  readonly take: (ts: number, presentUs: number) => EventTime;
}

/** What lies within it is of the present as it is: events travel, and clocks differ a little. */
const EARLIER_US = 60_000_000;
const LATER_US = 5_000_000;

export function createEventTimes(): EventTimes {
  /** What is added to their times. */
  let shiftUs = 0;
  let lastUs = -Infinity;
  const fits = (us: number, presentUs: number): boolean => us >= presentUs - EARLIER_US && us <= presentUs + LATER_US;
  return {
    take: (ts, presentUs) => {
      if (!fits(ts + shiftUs, presentUs)) {
        if (ts > presentUs + LATER_US) return { ok: false, reason: '"ts" lies in the future' };
        // From here on they are of another time: the first of them is now.
        shiftUs = fits(ts, presentUs) && ts >= lastUs ? 0 : Math.max(presentUs, lastUs) - ts;
      }
      const us = ts + shiftUs;
      if (us < lastUs) return { ok: false, reason: '"ts" lies before that of the event taken last' };
      lastUs = us;
      return { ok: true, ts: us };
    },
  };
}
