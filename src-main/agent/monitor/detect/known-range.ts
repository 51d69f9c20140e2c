// Points enter, how far each lies outside of all that were there before leaves, as a share of their range. The range forgets slowly: its
// ends creep towards the centre, so that after weeks what was once extreme is news again.

export interface RangeMemory {
  readonly seen: number;
  readonly low: number;
  readonly high: number;
}

export interface KnownRange {
  /** @param centre where the ends creep to. @returns 0 inside the range, and while too little has been seen. */
  readonly push: (x: number, centre: number) => number;
  /** What `push` would answer; changes nothing. */
  readonly beyond: (x: number) => number;
  /** Stretches it to hold x, without counting it. */
  readonly include: (x: number) => void;
  readonly memory: () => RangeMemory;
}

/** Points before anything can be called unheard of. */
const RANGE_WARM_UP = 50;

export interface RangeOptions {
  /** Share of the distance to the centre that the ends creep at each point. */
  readonly leak: number;
  /** Of a range that is narrower; what has never moved has no measure of its own. */
  readonly leastWidth: number;
}

/** @param before what an earlier one has seen. */
export function createKnownRange({ leak, leastWidth }: RangeOptions, before: RangeMemory | null = null): KnownRange {
  let { seen, low, high } = before ?? { seen: 0, low: 0, high: 0 };

  const beyond = (x: number): number => {
    const width = Math.max(high - low, leastWidth);
    if (seen <= RANGE_WARM_UP || width <= 0) return 0;
    return x > high ? (x - high) / width : x < low ? (low - x) / width : 0;
  };
  const include = (x: number): void => {
    low = Math.min(low, x);
    high = Math.max(high, x);
  };
  return {
    push: (x, centre) => {
      if (seen === 0) low = high = x;
      const outside = beyond(x);
      if (high > centre) high -= (high - centre) * leak;
      if (low < centre) low += (centre - low) * leak;
      include(x);
      seen += 1;
      return outside;
    },
    beyond,
    include,
    memory: () => ({ seen, low, high }),
  };
}
