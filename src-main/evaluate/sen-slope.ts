// Points over time in, the middle one of the slopes between all pairs of them out, with its 95 % interval (Theil 1950; Sen 1968,
// https://doi.org/10.1080/01621459.1968.10480934): up to 29 % of the points may be anything without the slope following them. The interval is
// widened where neighbours go together, for they tell less than as many points apart (Yue & Wang 2004,
// https://doi.org/10.1023/B:WARM.0000043140.61082.60, with what is left after the line was taken out as a chain of one step).

export interface Slope {
  /** Per unit of time. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly points: number;
}

const NORMAL_975 = 1.959_964;
const LEAST_POINTS = 8;
const MOST_CORRELATED = 0.95;

/** null for too few points. @param times rising. */
export function senSlope(times: readonly number[], values: readonly number[]): Slope | null {
  const n = times.length;
  if (n < LEAST_POINTS) return null;
  const slopes: number[] = [];
  for (let i = 0; i < n; i += 1)
    for (let j = i + 1; j < n; j += 1)
      slopes.push(((values[j] as number) - (values[i] as number)) / ((times[j] as number) - (times[i] as number)));
  slopes.sort((a, b) => a - b);
  const slope = medianOf(slopes);
  const correlation = neighbours(values.map((value, i) => value - slope * (times[i] as number)));
  const widening = (1 + correlation) / (1 - correlation);
  // The variance of Kendall's S without ties: ties make it smaller, so that this errs on the wide side.
  const half = NORMAL_975 * Math.sqrt(((n * (n - 1) * (2 * n + 5)) / 18) * widening);
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] as number;
  return { slope, low: at((slopes.length - half) / 2 - 1), high: at((slopes.length + half) / 2), points: n };
}

/** @param values at least one, in any order. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

/** Correlation of what follows each other, at least 0. */
function neighbours(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [squares, products] = [0, 0];
  for (const [i, value] of values.entries()) {
    squares += (value - mean) ** 2;
    if (i > 0) products += (value - mean) * ((values[i - 1] as number) - mean);
  }
  return squares === 0 ? 0 : Math.min(MOST_CORRELATED, Math.max(0, products / squares));
}
