// Feature rows of one person enter, the mean and standard deviation of each feature leave; a row is then told in
// standard deviations from that person's mean, cut off where one wild feature would drown the others.
import { checkTable } from './binning.ts';

export interface Standardiser {
  readonly mean: Float32Array;
  /** 1 / standard deviation; 0 for a feature that never varied, which is thereby left out. */
  readonly inverseSd: Float32Array;
  /** Largest distance from the mean, in standard deviations. */
  readonly clip: number;
}

/** @param rows n × d values by row, all finite. The standard deviation is that of the population (divided by n). */
export function fitStandardiser(rows: Float32Array, n: number, d: number, clip: number): Standardiser {
  checkTable(rows, n, d);
  if (!(clip > 0)) throw new Error(`the clip is a positive number of standard deviations, not ${clip}`);
  const mean = new Float32Array(d);
  const inverseSd = new Float32Array(d);
  for (let f = 0; f < d; f++) {
    const column = Float64Array.from({ length: n }, (_, i) => rows[i * d + f] as number);
    const mu = column.reduce((sum, x) => sum + x, 0) / n;
    const variance = column.reduce((sum, x) => sum + (x - mu) ** 2, 0) / n;
    mean[f] = mu;
    // Rounding alone gives a constant column a variance of about 1e-32 of its square.
    inverseSd[f] = variance > 1e-20 * mu * mu ? 1 / Math.sqrt(variance) : 0;
  }
  return { mean, inverseSd, clip: Math.fround(clip) };
}

/** One row in standard deviations, in float32 at each step as in the ONNX form. */
export function standardise({ mean, inverseSd, clip }: Standardiser, row: Float32Array): Float32Array {
  if (row.length !== mean.length) throw new Error(`the model reads ${mean.length} features, not ${row.length}`);
  return row.map((x, f) => {
    const z = Math.fround(Math.fround(x - (mean[f] as number)) * (inverseSd[f] as number));
    return Math.min(clip, Math.max(-clip, z));
  });
}
