// A few scores of one person's windows in, their mean and spread out.

/** Natural-log ratios. */
export interface ScoreLevel {
  readonly mean: number;
  readonly sd: number;
}

/**
 * The spread of few windows may come out far too small by chance: it is drawn towards that of one person's held-out windows at the median
 * of the development people, which counts like so many windows.
 */
const USUAL_SD = 1.3;
const USUAL_WEIGHT = 4;

/** @param scores one or more. */
export function scoreLevel(scores: readonly number[]): ScoreLevel {
  const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
  const squares = scores.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, sd: Math.sqrt((squares + USUAL_WEIGHT * USUAL_SD ** 2) / (scores.length - 1 + USUAL_WEIGHT)) };
}
