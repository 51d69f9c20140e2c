// Reference values: numpy.linalg.eigh, scipy.linalg.eigh(B, W) and numpy.linalg.cholesky on the same matrices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cholesky, logDeterminant, solveLower, solveUpper } from './cholesky.ts';
import { createRandom } from './random.ts';
import { generalisedEigen, symmetricEigen } from './symmetric-eigen.ts';

const B = Float64Array.of(4, 1, -2, 1, 3, 0.5, -2, 0.5, 5);
const W = Float64Array.of(2, 0.3, 0.1, 0.3, 1, -0.2, 0.1, -0.2, 1.5);
const near = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  assert.equal(actual.length, expected.length);
  expected.forEach((x, i) => assert.ok(Math.abs((actual[i] ?? Number.NaN) - x) < 1e-9, `${actual[i]}, not ${x}`));
};
/** The sign of an eigenvector is nobody's: its greatest element is made positive. */
const oriented = (vector: Float64Array): Float64Array => {
  const most = vector.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return vector.map((x) => x * Math.sign(most));
};

test('the factor of a positive definite matrix, its determinant and what it solves', () => {
  const factor = cholesky(W, 3);
  near(factor, FACTOR);
  near([logDeterminant(factor, 3)], [LOG_DETERMINANT]);
  const x = solveUpper(factor, solveLower(factor, Float64Array.of(1, 2, 3)));
  near(x, SOLUTION);
});

test('a matrix that is not positive definite is refused', () => {
  assert.throws(() => cholesky(Float64Array.of(1, 2, 2, 1), 2), /not positive definite/);
});

test('eigenvalues and eigenvectors, largest first', () => {
  const { values, vectors } = symmetricEigen(B, 3);
  near(values, VALUES);
  vectors.forEach((vector, i) => near(oriented(vector), VECTORS[i] ?? []));
});

test('the generalised problem has vectors of length one in W', () => {
  const { values, vectors } = generalisedEigen(B, W, 3);
  near(values, GENERAL_VALUES);
  vectors.forEach((vector, i) => near(oriented(vector), GENERAL_VECTORS[i] ?? []));
});

test('80 rows: the eigenvectors rebuild the matrix', () => {
  const [d, random] = [80, createRandom(5)];
  const a = new Float64Array(d * d);
  for (let i = 0; i < d; i += 1) for (let j = 0; j <= i; j += 1) a[i * d + j] = a[j * d + i] = random.normal();
  const { values, vectors } = symmetricEigen(a, d);
  for (const [i, j] of [
    [0, 0],
    [3, 70],
    [79, 41],
    [20, 20],
  ] as const) {
    const rebuilt = vectors.reduce((sum, v, k) => sum + (values[k] ?? 0) * (v[i] ?? 0) * (v[j] ?? 0), 0);
    near([rebuilt], [a[i * d + j] ?? Number.NaN]);
  }
});

const FACTOR = [Math.SQRT2, 0, 0, 0.212132034356, 0.977241014285, 0, 0.0707106781187, -0.220007139342, 1.20274555025];
const LOG_DETERMINANT = 1.01631704594;
const SOLUTION = [0.0144770177343, 2.46109301484, 2.3271806008];
const VALUES = [6.57645685444, 3.83933645247, 1.58420669309];
const VECTORS = [
  [-0.627948328654, -0.0671819580215, 0.775349908787],
  [0.445339484954, 0.786014403814, 0.428782112662],
  [0.638242618196, -0.614546940041, 0.46365765259],
];
const GENERAL_VALUES = [5.01569576022, 2.82679161525, 1.02106673239];
const GENERAL_VECTORS = [
  [-0.342090896661, 0.60908187735, 0.701909397429],
  [0.303112358715, 0.769525620391, -0.168347120719],
  [0.565250266448, -0.344973422002, 0.412625788774],
];
