// What enters: the states of a run of trust points, oldest first. What leaves: which of the points to keep for a chart.

/**
 * Keeps every change of state and spreads what is left of `maxPoints` evenly, the first and the last point included.
 * @param states any code per point; only equality counts.
 * @returns indices in ascending order: at most `maxPoints`, unless there are more changes of state than that.
 */
export function keptPoints(states: ArrayLike<number>, maxPoints: number): readonly number[] {
  const count = states.length;
  if (count <= maxPoints) return Array.from({ length: count }, (_, index) => index);
  const kept = new Set<number>();
  for (let index = 1; index < count; index++) if (states[index] !== states[index - 1]) kept.add(index);
  const even = Math.max(0, maxPoints - kept.size);
  const last = count - 1;
  for (let n = 0; n < even; n++) kept.add(even === 1 ? last : Math.round((n * last) / (even - 1)));
  return [...kept].toSorted((a, b) => a - b);
}
