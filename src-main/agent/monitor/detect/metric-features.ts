// Points of one metric enter, what the isolation forest sees of it leaves: its value, its step, its recent means and spread, and its
// distance from the usual.

export const METRIC_FEATURES = 6;
const SHORT = 8;
const LONG = 24;

export interface MetricFeatures {
  /** Writes the features at `offset` of the row. */
  readonly push: (x: number, median: number, row: Float32Array, offset: number) => void;
}

export function createMetricFeatures(): MetricFeatures {
  const ring = new Float64Array(LONG);
  let seen = 0;
  let before = 0;

  function meanOfLast(count: number): number {
    let sum = 0;
    for (let back = 0; back < count; back++) sum += ring[(seen - 1 - back) % LONG] as number;
    return sum / count;
  }
  return {
    push: (x, median, row, offset) => {
      ring[seen % LONG] = x;
      seen += 1;
      const count = Math.min(seen, LONG);
      const mean = meanOfLast(count);
      let squares = 0;
      for (let i = 0; i < count; i++) squares += ((ring[i] as number) - mean) ** 2;
      row[offset] = x;
      row[offset + 1] = seen === 1 ? 0 : x - before;
      row[offset + 2] = meanOfLast(Math.min(seen, SHORT));
      row[offset + 3] = mean;
      row[offset + 4] = Math.sqrt(squares / count);
      row[offset + 5] = x - median;
      before = x;
    },
  };
}
