// The values of a window enter, what describes them leaves, in a time that grows as their number does: percentiles by selection, not by
// sorting (Hoare 1961, "Algorithm 65: Find").

export interface WindowStatistics {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the sample, divided by n - 1; 0 for one value. */
  readonly sd: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** null for a window without values. */
export function windowStatistics(values: Float64Array): WindowStatistics | null {
  const count = values.length;
  if (count === 0) return null;
  let [min, max, mean, squares] = [Infinity, -Infinity, 0, 0];
  // Welford (1962): does not lose the spread of values that lie far from zero.
  for (let i = 0; i < count; i++) {
    const x = values[i] as number;
    if (x < min) min = x;
    if (x > max) max = x;
    const off = x - mean;
    mean += off / (i + 1);
    squares += off * (x - mean);
  }
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  const left = values.slice();
  const [p50, p95, p99] = [percentile(left, 0.5), percentile(left, 0.95), percentile(left, 0.99)];
  return { count, min, max, mean, sd, p50, p95, p99 };
}

/** Between neighbours by their distance, as numpy does it. @param values reordered. */
export function percentile(values: Float64Array, share: number): number {
  const position = share * (values.length - 1);
  const index = Math.floor(position);
  select(values, index);
  const below = values[index] as number;
  if (index === position) return below;
  // What lies behind the selected place is not smaller; its least is the neighbour.
  let above = Infinity;
  for (let i = index + 1; i < values.length; i++) above = Math.min(above, values[i] as number);
  return below + (above - below) * (position - index);
}

/** Puts the value that belongs at `index` there, the smaller ones before it and the others behind. */
function select(values: Float64Array, index: number): void {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = medianOfThree(values[low] as number, values[(low + high) >> 1] as number, values[high] as number);
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const kept = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = kept;
    }
    if (index <= j) high = j;
    else if (index >= i) low = i;
    else return;
  }
}

const medianOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
