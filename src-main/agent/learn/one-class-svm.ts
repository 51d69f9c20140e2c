// Feature rows of one person enter, a one-class support vector machine leaves: positive inside that person's habits.
// Schölkopf et al. (2001), https://doi.org/10.1162/089976601750264965, with the radial kernel exp(-γ |x - y|²).
import { checkTable } from './binning.ts';
import { solveOneClass } from './smo.ts';
import type { Standardiser } from './standardise.ts';
import { fitStandardiser, standardise } from './standardise.ts';

export interface OneClassSvm {
  readonly d: number;
  /** Part of the model: rows are standardised before they are compared. */
  readonly standardiser: Standardiser;
  /** Support vectors by row, standardised: alpha.length × d. */
  readonly vectors: Float32Array;
  readonly alpha: Float32Array;
  readonly rho: number;
  readonly gamma: number;
  /** Rows that were used for training, see {@link MAX_SVM_ROWS}. */
  readonly trainedOn: number;
}

export interface SvmTask {
  /** n × d values by row, all finite. */
  readonly rows: Float32Array;
  readonly n: number;
  readonly d: number;
  /** Share of the training rows that may lie outside, in (0, 1]. */
  readonly nu?: number;
  /** Width of the kernel; 1 / d by default, which suits standardised features (scikit-learn's `scale`). */
  readonly gamma?: number;
  /** Where standardised features are cut off, in standard deviations. */
  readonly clip?: number;
  readonly tolerance?: number;
}

/** Kernel rows take 4n² bytes at most, here 36 MB. More rows than this are thinned evenly. */
export const MAX_SVM_ROWS = 3000;

/** Deterministic. @throws Error when the task is not as described above. */
export function trainOneClassSvm(task: SvmTask): OneClassSvm {
  const { d, nu = 0.05, gamma = 1 / d, clip = 8, tolerance = 1e-3 } = task;
  if (!(nu > 0 && nu <= 1)) throw new Error(`nu lies above 0 and up to 1, not at ${nu}`);
  if (!(gamma > 0)) throw new Error(`gamma is positive, not ${gamma}`);
  checkTable(task.rows, task.n, d);
  const standardiser = fitStandardiser(task.rows, task.n, d, clip);
  const n = Math.min(task.n, MAX_SVM_ROWS);
  const rows = new Float32Array(n * d);
  for (let k = 0; k < n; k++) {
    const i = Math.floor((k * task.n) / n);
    rows.set(standardise(standardiser, task.rows.subarray(i * d, (i + 1) * d)), k * d);
  }
  const { alpha, rho } = solveOneClass({ n, nu, tolerance, kernelRow: kernelRows(rows, n, d, gamma) });
  const kept = [...alpha.keys()].filter((i) => (alpha[i] as number) > 0);
  const vectors = new Float32Array(kept.length * d);
  kept.forEach((i, k) => vectors.set(rows.subarray(i * d, (i + 1) * d), k * d));
  const weights = Float32Array.from(kept, (i) => alpha[i] as number);
  return { d, standardiser, vectors, alpha: weights, rho, gamma, trainedOn: n };
}

/** Σ αᵢ K(xᵢ, x) - ρ: positive inside, and the further from 0 the surer. @throws Error for a row of another width. */
export function svmDecision(svm: OneClassSvm, row: Float32Array): number {
  const x = standardise(svm.standardiser, row);
  let sum = -svm.rho;
  for (let k = 0; k < svm.alpha.length; k++) {
    sum += (svm.alpha[k] as number) * Math.exp(-svm.gamma * squaredDistance(svm.vectors, k * svm.d, x, 0, svm.d));
  }
  return sum;
}

/** Computes a row of the kernel when it is first asked for: the solver touches few of them unless ν is large. */
function kernelRows(rows: Float32Array, n: number, d: number, gamma: number): (i: number) => Float32Array {
  const known: (Float32Array | undefined)[] = [];
  return (i) =>
    (known[i] ??= Float32Array.from({ length: n }, (_, k) =>
      Math.exp(-gamma * squaredDistance(rows, i * d, rows, k * d, d)),
    ));
}

function squaredDistance(a: Float32Array, fromA: number, b: Float32Array, fromB: number, d: number): number {
  let sum = 0;
  for (let f = 0; f < d; f++) {
    const difference = (a[fromA + f] as number) - (b[fromB + f] as number);
    sum += difference * difference;
  }
  return sum;
}
