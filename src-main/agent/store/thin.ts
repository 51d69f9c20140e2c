// What enters: the states and the trust of a run of points, oldest first. What leaves: which of the points to keep for a chart.

/**
 * Keeps every change of state, the first and the last point, and with what is left of `maxPoints` the lowest of each of equal
 * stretches between: a dip that is thinned away would be a dip that nobody sees.
 * @param states any code per point; only equality counts.
 * @param trust per point; null where there is none.
 * @returns indices in ascending order: at most `maxPoints`, unless there are more changes of state than that.
 */
export function keptPoints(
  states: ArrayLike<number>,
  trust: ArrayLike<number | null>,
  maxPoints: number,
): readonly number[] {
  const count = states.length;
  if (count <= maxPoints) return Array.from({ length: count }, (_, index) => index);
  const kept = new Set<number>();
  for (let index = 1; index < count; index++) if (states[index] !== states[index - 1]) kept.add(index);
  const free = maxPoints - kept.size;
  if (free >= 1) kept.add(count - 1);
  if (free >= 2) kept.add(0);
  const stretches = free - 2;
  const inside = count - 2;
  for (let n = 0; n < stretches; n++) {
    const from = 1 + Math.floor((n * inside) / stretches);
    const to = 1 + Math.floor(((n + 1) * inside) / stretches);
    kept.add(lowest(trust, from, Math.max(from + 1, to)));
  }
  return [...kept].toSorted((a, b) => a - b);
}

/** Of equals the one in the middle, so that a calm line stays even. */
function lowest(trust: ArrayLike<number | null>, from: number, to: number): number {
  let found = (from + to - 1) >> 1;
  for (let index = from; index < to; index++) {
    if ((trust[index] ?? Infinity) < (trust[found] ?? Infinity)) found = index;
  }
  return found;
}
