// Scores of genuine and impostor windows in, error rates out. Higher scores mean "more like the owner".

/** Equal error rate, 0-1: the mean of FAR and FRR at the threshold where they are closest. */
export function equalErrorRate(genuine: readonly number[], impostor: readonly number[]): number {
  if (genuine.length === 0 || impostor.length === 0) return Number.NaN;
  const sortedGenuine = [...genuine].sort((a, b) => a - b);
  const sortedImpostor = [...impostor].sort((a, b) => a - b);
  let best = { gap: Number.POSITIVE_INFINITY, eer: Number.NaN };
  for (const threshold of [...sortedGenuine, ...sortedImpostor]) {
    const frr = below(sortedGenuine, threshold) / genuine.length;
    const far = 1 - below(sortedImpostor, threshold) / impostor.length;
    const gap = Math.abs(far - frr);
    if (gap < best.gap) best = { gap, eer: (far + frr) / 2 };
  }
  return best.eer;
}

/** Shares of impostor scores at or above the threshold (FAR) and of genuine scores below it (FRR). */
export function ratesAt(
  genuine: readonly number[],
  impostor: readonly number[],
  threshold: number,
): { readonly far: number; readonly frr: number } {
  return {
    far: impostor.filter((score) => score >= threshold).length / impostor.length,
    frr: genuine.filter((score) => score < threshold).length / genuine.length,
  };
}

/** How many of the ascending values lie below x: binary search. */
function below(sorted: readonly number[], x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
