// A table of training rows enters, the same table in at most 256 steps a feature leaves: what makes growing a tree
// fast. Ke et al. (2017), "LightGBM", section 2.1, describes the histogram algorithm that this prepares.

export const MAX_BINS = 256;

export interface BinnedTable {
  readonly n: number;
  readonly d: number;
  /** Bin of row i in feature f at `f * n + i`: by column, since a tree reads one feature at a time. */
  readonly codes: Uint8Array;
  /** Smallest and largest training value in each bin of each feature; both rise with the bin. */
  readonly low: readonly Float32Array[];
  readonly high: readonly Float32Array[];
}

/**
 * @param rows n × d values by row, all finite. @param bins 2 to 256.
 * A feature with no more than `bins` distinct values keeps each of them in a bin of its own, so nothing is lost;
 * any other is cut into bins of about equally many rows, equal values always together.
 * @throws Error when a value is not finite or the table has another size.
 */
export function binTable(rows: Float32Array, n: number, d: number, bins: number): BinnedTable {
  if (!(bins >= 2 && bins <= MAX_BINS)) throw new Error(`the number of bins is 2 to ${MAX_BINS}, not ${bins}`);
  checkTable(rows, n, d);
  const codes = new Uint8Array(n * d);
  const low: Float32Array[] = [];
  const high: Float32Array[] = [];
  const column = new Float32Array(n);
  for (let f = 0; f < d; f++) {
    for (let i = 0; i < n; i++) column[i] = rows[i * d + f] as number;
    const edges = cut(column.toSorted(), bins);
    low.push(edges.low);
    high.push(edges.high);
    for (let i = 0; i < n; i++) codes[f * n + i] = binOf(edges.low, column[i] as number);
  }
  return { n, d, codes, low, high };
}

/** @throws Error naming the first value that is not finite, or a table of another size than n × d. */
export function checkTable(rows: Float32Array, n: number, d: number): void {
  if (n < 1 || d < 1) throw new Error(`nothing to learn from: ${n} rows of ${d} features`);
  if (rows.length !== n * d) throw new Error(`${n} rows of ${d} features are ${n * d} values, not ${rows.length}`);
  const bad = rows.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new Error(`feature ${bad % d} of training row ${Math.floor(bad / d)} is ${rows[bad]}, not a number`);
}

/** Sorted values of one feature -> smallest and largest value of each bin. */
function cut(sorted: Float32Array, bins: number): { readonly low: Float32Array; readonly high: Float32Array } {
  const n = sorted.length;
  const distinct = sorted.reduce((count, value, i) => count + Number(i === 0 || value !== sorted[i - 1]), 0);
  const low: number[] = [];
  const high: number[] = [];
  let nextCut = n / bins;
  for (let i = 0; i < n; i++) {
    const value = sorted[i] as number;
    if (low.length === high.length) low.push(value);
    if (i + 1 < n && sorted[i + 1] === value) continue;
    // The rows that are left are shared evenly among the bins that are left; the last bin takes what remains.
    if (distinct > bins && i + 1 < n && (high.length === bins - 1 || i + 1 < nextCut)) continue;
    high.push(value);
    nextCut = i + 1 + (n - i - 1) / (bins - high.length);
  }
  return { low: Float32Array.from(low), high: Float32Array.from(high) };
}

/** The last bin that begins at or below `value`. */
function binOf(low: Float32Array, value: number): number {
  let from = 0;
  let to = low.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((low[middle] as number) <= value) from = middle;
    else to = middle - 1;
  }
  return from;
}
