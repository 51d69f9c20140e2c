// Samples of one figure in, the numbers that stand for them out. Pure.

export type Better = 'less' | 'more';
export type Statistic = 'median' | 'p95' | 'p99';
export type Summary = Readonly<Record<Statistic, number>>;

/** The middle sample, or the mean of the middle two. @throws RangeError without samples */
export function median(samples: readonly number[]): number {
  const sorted = ascending(samples);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (below === undefined || above === undefined) throw new RangeError('no samples to summarise');
  return (below + above) / 2;
}

/**
 * Nearest-rank percentile (Hyndman and Fan, "Sample quantiles in statistical packages", 1996, definition 1): a sample that at least
 * `share` of all samples reach or beat.
 * @param share above 0, at most 1
 * @param better which end of the samples is the good one: p95 of rates is what 95 of 100 samples exceed.
 * @throws RangeError without samples, or for another share
 */
export function percentile(samples: readonly number[], share: number, better: Better): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`a share lies above 0 and is at most 1, not ${share}`);
  const sorted = ascending(samples);
  const rank = Math.ceil(share * sorted.length) - 1;
  const value = sorted[better === 'less' ? rank : sorted.length - 1 - rank];
  if (value === undefined) throw new RangeError('no samples to summarise');
  return value;
}

export const summarise = (samples: readonly number[], better: Better): Summary => ({
  median: median(samples),
  p95: percentile(samples, 0.95, better),
  p99: percentile(samples, 0.99, better),
});

/** Whether a value is at least as good as its goal; null where there is no goal. */
export function reaches(value: number, goal: number | null, better: Better): boolean | null {
  if (goal === null) return null;
  return better === 'less' ? value <= goal : value >= goal;
}

const ascending = (samples: readonly number[]): number[] => samples.toSorted((a, b) => a - b);
