// A share that was counted in, the interval out that holds the true one in 95 of 100 cases (E. B. Wilson, "Probable inference, the law
// of succession, and statistical inference", J. American Statistical Association 22, 1927). It stays within 0 and 1, and none of few
// does not promise none of many.
import type { Measured } from '../../../src-preload/contract.ts';

/** 97.5th percentile of the normal distribution. */
const Z = 1.959964;

/** @param n trials, whole or not; more than 0. */
export function wilsonInterval(share: number, n: number): Measured {
  const squared = Z ** 2 / n;
  const centre = (share + squared / 2) / (1 + squared);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + squared / (4 * n))) / (1 + squared);
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
