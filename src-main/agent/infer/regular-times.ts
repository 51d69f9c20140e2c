// Moments in, one at a time; out: how regularly the last of them follow each other.

export interface RegularTimes {
  readonly add: (us: number) => void;
  /** Standard deviation of the intervals over their mean; Infinity until there are enough. */
  readonly cv: () => number;
  readonly meanMs: () => number;
  readonly firstUs: () => number;
  readonly clear: () => void;
}

/** @param intervals how many are looked at, 2 or more. */
export function createRegularTimes(intervals: number): RegularTimes {
  const kept = intervals + 1;
  const timesUs = new Float64Array(kept);
  let count = 0;
  const time = (i: number): number => timesUs[i % kept] ?? 0;
  const enough = (): boolean => count >= kept;
  const meanUs = (): number => (time(count - 1) - time(count - kept)) / intervals;
  return {
    add: (us) => {
      timesUs[count % kept] = us;
      count += 1;
    },
    cv: () => {
      if (!enough()) return Number.POSITIVE_INFINITY;
      const mean = meanUs();
      let squares = 0;
      for (let i = count - kept + 1; i < count; i += 1) squares += (time(i) - time(i - 1) - mean) ** 2;
      return mean > 0 ? Math.sqrt(squares / intervals) / mean : 0;
    },
    meanMs: () => (enough() ? meanUs() / 1000 : Number.POSITIVE_INFINITY),
    firstUs: () => time(Math.max(0, count - kept)),
    clear: () => {
      count = 0;
    },
  };
}
