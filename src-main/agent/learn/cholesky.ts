// Symmetric positive definite matrices, row-major, in; their Cholesky factors and what these solve out.
// Golub and Van Loan, "Matrix Computations", 4th edition, section 4.2.
import { at } from '../features/distribution.ts';

/**
 * Lower triangular L with L Lᵀ = a.
 * @param a d x d; only its lower triangle is read
 * @throws RangeError when `a` is not positive definite
 */
export function cholesky(a: Float64Array, d: number): Float64Array {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = at(a, i * d + j);
      for (let k = 0; k < j; k += 1) rest -= at(factor, i * d + k) * at(factor, j * d + k);
      if (i !== j) factor[i * d + j] = rest / at(factor, j * d + j);
      else if (rest > 0) factor[i * d + i] = Math.sqrt(rest);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  return factor;
}

/** x with L x = b. */
export function solveLower(factor: Float64Array, b: Float64Array): Float64Array {
  const d = b.length;
  const x = new Float64Array(d);
  for (let i = 0; i < d; i += 1) {
    let rest = at(b, i);
    for (let k = 0; k < i; k += 1) rest -= at(factor, i * d + k) * at(x, k);
    x[i] = rest / at(factor, i * d + i);
  }
  return x;
}

/** x with Lᵀ x = b. */
export function solveUpper(factor: Float64Array, b: Float64Array): Float64Array {
  const d = b.length;
  const x = new Float64Array(d);
  for (let i = d - 1; i >= 0; i -= 1) {
    let rest = at(b, i);
    for (let k = i + 1; k < d; k += 1) rest -= at(factor, k * d + i) * at(x, k);
    x[i] = rest / at(factor, i * d + i);
  }
  return x;
}

/** ln of the determinant of L Lᵀ. */
export function logDeterminant(factor: Float64Array, d: number): number {
  let total = 0;
  for (let i = 0; i < d; i += 1) total += 2 * Math.log(at(factor, i * d + i));
  return total;
}
