// A symmetric matrix, row-major, in; its eigenvalues and eigenvectors out, largest first. Cyclic Jacobi rotations: Golub and Van
// Loan, "Matrix Computations", 4th edition, section 8.5; for some hundred rows at most, where it takes a fraction of a second.
import { at } from '../features/distribution.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** One vector of d numbers for each value. */
  readonly vectors: readonly Float64Array[];
}

const MAX_SWEEPS = 60;
/** Of the size of the matrix: what is left off the diagonal is rounding. */
const TOLERANCE = 1e-13;

/** @param matrix d x d, symmetric. Vectors have length 1. */
export function symmetricEigen(matrix: Float64Array, d: number): Eigen {
  const a = Float64Array.from(matrix);
  // Rows are the eigenvectors, so that a rotation runs along memory.
  const rows = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const size = Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, d) > TOLERANCE * size; sweep += 1) {
    for (let p = 0; p < d; p += 1) {
      for (let q = p + 1; q < d; q += 1) rotate(a, rows, d, p, q);
    }
  }
  const order = Array.from({ length: d }, (_, i) => i).sort((i, j) => at(a, j * (d + 1)) - at(a, i * (d + 1)));
  return {
    values: Float64Array.from(order, (i) => at(a, i * (d + 1))),
    vectors: order.map((i) => rows.slice(i * d, (i + 1) * d)),
  };
}

/** Solutions of B v = value W v, largest value first, with vᵀ W v = 1. @throws RangeError when W is not positive definite */
export function generalisedEigen(between: Float64Array, within: Float64Array, d: number): Eigen {
  const factor = cholesky(within, d);
  // L⁻¹ B L⁻ᵀ, row by row: B is symmetric, so its rows are its columns.
  const half = Array.from({ length: d }, (_, i) => solveLower(factor, between.slice(i * d, (i + 1) * d)));
  const reduced = new Float64Array(d * d);
  for (let j = 0; j < d; j += 1) {
    const column = solveLower(
      factor,
      Float64Array.from(half, (row) => at(row, j)),
    );
    for (let i = 0; i < d; i += 1) reduced[i * d + j] = at(column, i);
  }
  const { values, vectors } = symmetricEigen(reduced, d);
  return { values, vectors: vectors.map((vector) => solveUpper(factor, vector)) };
}

function offDiagonal(a: Float64Array, d: number): number {
  let squares = 0;
  for (let i = 0; i < d; i += 1) for (let j = 0; j < i; j += 1) squares += 2 * at(a, i * d + j) ** 2;
  return Math.sqrt(squares);
}

function rotate(a: Float64Array, rows: Float64Array, d: number, p: number, q: number): void {
  const apq = at(a, p * d + q);
  if (apq === 0) return;
  const tau = (at(a, q * d + q) - at(a, p * d + p)) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < d; k += 1) turn(a, k * d + p, k * d + q, c, s);
  for (let k = 0; k < d; k += 1) turn(a, p * d + k, q * d + k, c, s);
  for (let k = 0; k < d; k += 1) turn(rows, p * d + k, q * d + k, c, s);
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [at(values, i), at(values, j)];
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}
