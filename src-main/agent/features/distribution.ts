// Order statistics and moments of samples. In: float arrays (pass a `subarray` of the filled part). Out: numbers; NaN where
// there are too few samples, which the feature table turns into "missing".

/** The value at an index that the caller knows to be inside. Only for Float64Array, so that the engine sees one shape. */
export const at = (values: Float64Array, index: number): number => values[index] ?? Number.NaN;

/** Of a vector. Not `Math.hypot`, which guards against overflow at many times the cost; pixels do not overflow. */
export const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += at(values, i);
  return total;
}

/** NaN for no samples. */
export const mean = (values: Float64Array): number => sum(values) / values.length;

/** With n - 1 in the denominator; NaN below two samples. */
export function sampleSd(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += (at(values, i) - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * Linear between order statistics: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
 * Statistician 50(4), 1996 (the default of NumPy and R).
 * @param samples is reordered: pass what nobody needs in its order any more
 * @param share 0 to 1
 */
export const quantile = (samples: Float64Array, share: number): number => quantileFrom(samples, share, 0);

/** The same of several percentages, ascending: what lies below one need not be looked at for the next. */
export function quantiles(samples: Float64Array, percents: readonly number[]): number[] {
  let from = 0;
  return percents.map((percent) => {
    const value = quantileFrom(samples, percent / 100, from);
    from = Math.floor((percent / 100) * (samples.length - 1));
    return value;
  });
}

/** @param from everything before this place is no greater than anything from there on */
function quantileFrom(samples: Float64Array, share: number, from: number): number {
  if (samples.length === 0) return Number.NaN;
  const position = share * (samples.length - 1);
  const below = Math.floor(position);
  const low = select(samples, below, from);
  if (position === below) return low;
  let high = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < samples.length; i += 1) if (at(samples, i) < high) high = at(samples, i);
  return low + (position - below) * (high - low);
}

/** The same of samples in rising order. NaN for none. */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = at(sorted, below);
  return position === below ? low : low + (position - below) * (at(sorted, below + 1) - low);
}

/** Reorders its samples, as {@link quantile} does. */
export const median = (samples: Float64Array): number => quantile(samples, 0.5);

/** Brings the sample of this rank to its place, smaller ones before it: Hoare, "Algorithm 65: Find", CACM 4(7), 1961. */
function select(samples: Float64Array, rank: number, from: number): number {
  let left = from;
  let right = samples.length - 1;
  while (left < right) {
    const pivot = at(samples, rank);
    let i = left;
    let j = right;
    while (i <= j) {
      while (at(samples, i) < pivot) i += 1;
      while (pivot < at(samples, j)) j -= 1;
      if (i > j) break;
      const swapped = at(samples, i);
      samples[i++] = at(samples, j);
      samples[j--] = swapped;
    }
    if (j < rank) left = i;
    if (rank < i) right = j;
  }
  return at(samples, rank);
}

/** Pearson's correlation of pairs; NaN below three pairs or where one side does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  if (a.length < 3) return Number.NaN;
  const meanA = mean(a);
  const meanB = mean(b);
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const da = at(a, i) - meanA;
    const db = at(b, i) - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Number.NaN;
}

/** Slope of the least-squares line of y on x; NaN where x does not vary. */
export function slope(x: Float64Array, y: Float64Array): number {
  const meanX = mean(x);
  const meanY = mean(y);
  let [xy, xx] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const dx = at(x, i) - meanX;
    xy += dx * (at(y, i) - meanY);
    xx += dx * dx;
  }
  return xx > 0 ? xy / xx : Number.NaN;
}
