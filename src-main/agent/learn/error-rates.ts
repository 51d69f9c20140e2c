// Scores of genuine and impostor windows in, error rates out. Higher scores mean "more like the owner".

/** Distinct scores, ascending, and how many genuine and impostor trials have each; counts may be weights. */
export interface ScoreCounts {
  readonly scores: Float64Array;
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/** @throws RangeError for a score that is no number: it would have no place among the others. */
export function countScores(genuine: ArrayLike<number>, impostor: ArrayLike<number>): ScoreCounts {
  const all = new Float64Array(genuine.length + impostor.length);
  all.set(genuine);
  all.set(impostor, genuine.length);
  if (all.some(Number.isNaN)) throw new RangeError('a score is not a number');
  const scores = all.sort().filter((x, i) => i === 0 || x !== all[i - 1]);
  return { scores, genuine: countsAt(scores, genuine), impostor: countsAt(scores, impostor) };
}

/** Equal error rate, 0-1; NaN where one side is empty. See {@link equalErrorRateOf}. */
export function equalErrorRate(genuine: ArrayLike<number>, impostor: ArrayLike<number>): number {
  return equalErrorRateOf(countScores(genuine, impostor));
}

/**
 * FAR where it equals FRR, interpolated linearly between the two neighbouring thresholds where they cross, as usual since few
 * thresholds exist for one person (ISO/IEC 19795-1 leaves the interpolation open; the development baselines use this one).
 */
export function equalErrorRateOf({ scores, genuine, impostor }: ScoreCounts): number {
  const [owners, others] = [total(genuine), total(impostor)];
  if (owners === 0 || others === 0) return Number.NaN;
  let [far, frr] = [1, 0];
  for (let i = 0; i < scores.length; i += 1) {
    const [farBefore, gapBefore] = [far, frr - far];
    // The threshold just above score i.
    far -= (impostor[i] ?? 0) / others;
    frr += (genuine[i] ?? 0) / owners;
    const gap = frr - far;
    // Sums of many small shares miss 0 by a rounding.
    if (gap >= -1e-12) return clamped(farBefore + (gapBefore / (gapBefore - gap)) * (far - farBefore));
  }
  return 0;
}

/** Area under the ROC curve: how often a genuine score beats an impostor's, ties counting half (Mann and Whitney, 1947). */
export function areaUnderCurve({ scores, genuine, impostor }: ScoreCounts): number {
  let [below, wins] = [0, 0];
  for (let i = 0; i < scores.length; i += 1) {
    const others = impostor[i] ?? 0;
    wins += (genuine[i] ?? 0) * (below + others / 2);
    below += others;
  }
  return wins / (total(genuine) * below);
}

/** Shares of impostor scores at or above the threshold (FAR) and of genuine scores below it (FRR). */
export function ratesAt(
  genuine: ArrayLike<number>,
  impostor: ArrayLike<number>,
  threshold: number,
): { readonly far: number; readonly frr: number } {
  const share = (scores: ArrayLike<number>, side: (score: number) => boolean): number =>
    Array.from(scores).filter(side).length / scores.length;
  return {
    far: share(impostor, (score) => score >= threshold),
    frr: share(genuine, (score) => score < threshold),
  };
}

function countsAt(scores: Float64Array, trials: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(scores.length);
  for (let i = 0; i < trials.length; i += 1) {
    const at = firstNotBelow(scores, trials[i] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Index of the first of the ascending values that is not below x: binary search. */
export function firstNotBelow(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);
const clamped = (rate: number): number => Math.min(1, Math.max(0, rate));
