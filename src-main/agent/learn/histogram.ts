// The rows of one tree node enter, by feature; where best to cut that feature leaves.
import { MAX_BINS } from './binning.ts';

/** What lies in each bin of one feature; bins outside `first` to `last` are empty. */
export interface Histogram {
  readonly rows: Int32Array;
  readonly weight: Float64Array;
  /** Weight of class 1. */
  readonly ones: Float64Array;
  first: number;
  last: number;
}

/** Of the rows in a node. */
export interface Totals {
  readonly rows: number;
  readonly weight: number;
  readonly ones: number;
}

export interface Cut {
  /** The last bin that goes below, and the next bin that holds rows. */
  readonly bin: number;
  readonly nextBin: number;
  /** Σ (ones² + zeros²) / weight over both sides; the largest leaves the smallest weighted Gini impurity. */
  readonly gain: number;
}

export const createHistogram = (): Histogram => ({
  rows: new Int32Array(MAX_BINS),
  weight: new Float64Array(MAX_BINS),
  ones: new Float64Array(MAX_BINS),
  first: 0,
  last: -1,
});

/** @param members the rows of the node. @param codes the bin of each row. */
export function fillHistogram(
  histogram: Histogram,
  members: Int32Array,
  codes: Uint8Array,
  labels: Uint8Array,
  weights: Float64Array,
): void {
  const { rows, weight, ones } = histogram;
  for (const bins of [rows, weight, ones]) bins.fill(0, histogram.first, histogram.last + 1);
  let first = MAX_BINS;
  let last = -1;
  for (let k = 0; k < members.length; k++) {
    const i = members[k] as number;
    const bin = codes[i] as number;
    const w = weights[i] as number;
    rows[bin] = (rows[bin] as number) + 1;
    weight[bin] = (weight[bin] as number) + w;
    if (labels[i] === 1) ones[bin] = (ones[bin] as number) + w;
    if (bin < first) first = bin;
    if (bin > last) last = bin;
  }
  histogram.first = first;
  histogram.last = last;
}

export const varies = ({ first, last }: Histogram): boolean => last > first;

/** @returns the cut of the largest gain that leaves `minLeaf` rows on each side, or null where there is none. */
export function bestCut(histogram: Histogram, node: Totals, minLeaf: number): Cut | null {
  let best: Cut | null = null;
  let rows = 0;
  let weight = 0;
  let ones = 0;
  let bin = -1;
  for (let nextBin = histogram.first; nextBin <= histogram.last; nextBin++) {
    const here = histogram.rows[nextBin] as number;
    if (here === 0) continue;
    if (rows >= minLeaf) {
      if (node.rows - rows < minLeaf) break;
      const gain = purity(weight, ones) + purity(node.weight - weight, node.ones - ones);
      if (best === null || gain > best.gain) best = { bin, nextBin, gain };
    }
    rows += here;
    weight += histogram.weight[nextBin] as number;
    ones += histogram.ones[nextBin] as number;
    bin = nextBin;
  }
  return best;
}

const purity = (weight: number, ones: number) => (ones * ones + (weight - ones) * (weight - ones)) / weight;
