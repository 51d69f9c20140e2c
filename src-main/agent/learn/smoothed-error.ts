// A few scores of the owner's and many of others' in, their equal error rate out. Counting the few would give 0 for most people: they
// are taken for draws of a normal distribution, whose spread is drawn towards what is usual. The others are counted.
import { scoreLevel } from './score-level.ts';

/** @returns 0-1; NaN where one side is empty. */
export function smoothedEqualErrorRate(genuine: readonly number[], impostor: readonly number[]): number {
  if (genuine.length === 0 || impostor.length === 0) return Number.NaN;
  const others = impostor.toSorted((a, b) => b - a);
  const { mean, sd } = scoreLevel(genuine);
  const refused = (threshold: number): number => normalBelow((threshold - mean) / sd);
  // From the strictest threshold down: more and more of the others are accepted, fewer and fewer of the owner's windows refused.
  for (const [i, score] of others.entries()) {
    const [before, after] = [i / others.length, (i + 1) / others.length];
    const frr = refused(score);
    if (frr <= before) return before;
    if (frr <= after) return frr;
  }
  return 1;
}

/** Share of the standard normal distribution below z, to 7.5e-8 (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.17). */
export function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const above = (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * t * series.reduce((sum, x) => sum * t + x, 0);
  return z >= 0 ? 1 - above : above;
}
