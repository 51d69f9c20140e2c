// Points over time enter, the line through them leaves, with the 95 % interval of its slope. Least squares in which points far off count
// less (Huber 1964, https://doi.org/10.1214/aoms/1177703732), since one spike must not be a trend; and the interval is widened where
// neighbours go together, as metrics of a machine do: they tell less than as many points apart.

import { percentile } from './window-statistics.ts';

export interface Line {
  /** Per unit of time. */
  readonly slope: number;
  readonly slopeLow: number;
  readonly slopeHigh: number;
  /** At a moment, on the line. */
  readonly at: (time: number) => number;
}

/** In standard deviations: points nearer than this count in full, which costs 5 % where there are no outliers. */
const HUBER = 1.345;
/** Median distance from zero of a normal deviate. */
const MEDIAN_DEVIATION = 0.6745;
const ROUNDS = 6;
const LEAST_POINTS = 10;
const MOST_CORRELATED = 0.99;

/** null for too few points, or all at one moment. */
export function fitLine(times: Float64Array, values: Float64Array): Line | null {
  const n = values.length;
  if (n < LEAST_POINTS) return null;
  const weights = new Float64Array(n).fill(1);
  let line = weightedLine(times, values, weights);
  if (line === null) return null;
  for (let round = 0; round < ROUNDS; round++) {
    const residuals = residualsOf(line, times, values);
    const scale = percentile(residuals.map(Math.abs), 0.5) / MEDIAN_DEVIATION;
    // More than half of the points lie on the line: the others are outliers, whatever their number.
    if (scale === 0) break;
    for (let i = 0; i < n; i++) weights[i] = Math.min(1, (HUBER * scale) / Math.abs(residuals[i] as number));
    line = weightedLine(times, values, weights) ?? line;
  }
  const half = halfInterval(residualsOf(line, times, values), weights, line.spread);
  const { slope, at } = line;
  return { slope, slopeLow: slope - half, slopeHigh: slope + half, at };
}

const residualsOf = ({ at }: Pick<Line, 'at'>, times: Float64Array, values: Float64Array): Float64Array =>
  values.map((value, i) => value - at(times[i] as number));

function weightedLine(times: Float64Array, values: Float64Array, weights: Float64Array) {
  let [weight, meanTime, meanValue] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const w = weights[i] as number;
    weight += w;
    meanTime += w * (times[i] as number);
    meanValue += w * (values[i] as number);
  }
  meanTime /= weight;
  meanValue /= weight;
  let [spread, together] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const off = (times[i] as number) - meanTime;
    spread += (weights[i] as number) * off * off;
    together += (weights[i] as number) * off * ((values[i] as number) - meanValue);
  }
  if (spread <= 0) return null;
  const slope = together / spread;
  return { slope, spread, at: (time: number): number => meanValue + slope * (time - meanTime) };
}

/** 1.96 standard errors of the slope, or more for few points: as many as are left when correlated neighbours count as one. */
function halfInterval(residuals: Float64Array, weights: Float64Array, spread: number): number {
  const n = residuals.length;
  let [squares, neighbours, weight] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [w, off] = [weights[i] as number, residuals[i] as number];
    weight += w;
    squares += w * off * off;
    if (i > 0) neighbours += Math.sqrt(w * (weights[i - 1] as number)) * off * (residuals[i - 1] as number);
  }
  if (squares === 0) return 0;
  const seen = neighbours / squares;
  // What is left after a line was taken out goes together less than what was there before (Kendall 1954, for a line).
  const correlation = Math.max(0, Math.min(MOST_CORRELATED, seen + (2 + 4 * seen) / n));
  const widening = (1 + correlation) / (1 - correlation);
  const free = Math.max(1, n / widening - 2);
  const variance = (squares / Math.max(1, n - 2)) * (n / weight);
  return studentQuantile(free) * Math.sqrt((variance * widening) / spread);
}

/** 97.5 % of Student's t, within 1 % from 3 degrees of freedom on (Hill 1970, first terms of the expansion). */
function studentQuantile(free: number): number {
  const z = 1.959_964;
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return (
    z +
    (z3 + z) / (4 * free) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * free ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * free ** 3)
  );
}
