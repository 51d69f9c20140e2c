import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventTable } from './invented-table.ts';
import { MAX_SVM_ROWS, svmDecision, trainOneClassSvm } from './one-class-svm.ts';

/** inventTable(n, 4, seed), its features spread by 1 to 4 times `spread` and moved to 10. */
const spreadTable = (n: number, seed: number, spread: number) =>
  inventTable(n, 4, seed).rows.map((x, i) => Math.fround(x * (1 + (i % 4)) * spread) + 10);

// scikit-learn 1.2.1: StandardScaler, numpy.clip, OneClassSVM(gamma=0.25) on spreadTable(60, 3, 1); decision_function
// of spreadTable(10, 4, 2).
const SKLEARN = [
  {
    nu: 0.1,
    clip: 8,
    supports: 22,
    rho: 0.7083458086254113,
    decisions: [
      -0.53756691, -0.38554388, -0.61089257, -0.2843645, -0.70280925, -0.59962611, -0.44825511, -0.68220687,
      -0.70128943, -0.43597943,
    ],
  },
  {
    nu: 0.5,
    clip: 8,
    supports: 33,
    rho: 5.598795313780392,
    decisions: [
      -4.8665741, -4.40683548, -5.21783819, -3.9944411, -5.57264643, -5.26366639, -4.09602966, -5.44438791, -5.56196553,
      -4.67152163,
    ],
  },
  {
    nu: 0.1,
    clip: 1.5,
    supports: 21,
    rho: 1.1173444842185147,
    decisions: [
      -0.36490322, -0.42300319, -0.43458805, -0.23252085, -0.312817, -0.43553423, -0.22795199, -0.39258546, -0.1661361,
      -0.38495858,
    ],
  },
];

for (const { nu, clip, supports, rho, decisions } of SKLEARN) {
  test(`decisions are those of scikit-learn: nu ${nu}, clip ${clip}`, () => {
    const svm = trainOneClassSvm({ rows: spreadTable(60, 3, 1), n: 60, d: 4, nu, clip });
    assert.equal(svm.gamma, 0.25);
    assert.equal(svm.alpha.length, supports);
    assert.ok(Math.abs(svm.rho - rho) < 1e-6, `${svm.rho}`);
    const tried = spreadTable(10, 4, 2);
    decisions.forEach((expected, i) => {
      const decision = svmDecision(svm, tried.subarray(i * 4, (i + 1) * 4));
      assert.ok(Math.abs(decision - expected) < 1e-6, `row ${i}: ${decision}, ${expected}`);
    });
  });
}

test('two rows, by hand', () => {
  // Standardised to -1 and 1. With nu = 1 both weigh 1, and K(-1, 1) = exp(-4γ) with γ = 1. Both bounds are reached, so
  // ρ = 1 + e⁻⁴; in the middle the decision is 2 e⁻¹ - ρ, and at a row it is 0.
  const svm = trainOneClassSvm({ rows: Float32Array.of(3, 7), n: 2, d: 1, nu: 1 });
  assert.deepEqual([...svm.vectors], [-1, 1]);
  assert.deepEqual([...svm.alpha], [1, 1]);
  assert.ok(Math.abs(svm.rho - (1 + Math.exp(-4))) < 1e-7);
  assert.ok(Math.abs(svmDecision(svm, Float32Array.of(5)) - (2 * Math.exp(-1) - 1 - Math.exp(-4))) < 1e-7);
  assert.ok(Math.abs(svmDecision(svm, Float32Array.of(7))) < 1e-7);
});

test('about the share nu of the training rows lies outside', () => {
  const { rows, n, d } = inventTable(600, 4, 5);
  for (const nu of [0.05, 0.2]) {
    const svm = trainOneClassSvm({ rows, n, d, nu });
    const outside = Array.from({ length: n }, (_, i) => svmDecision(svm, rows.subarray(i * d, (i + 1) * d))).filter(
      (x) => x < 0,
    );
    // Schölkopf et al. (2001), proposition 3: nu is an upper bound on the outliers and a lower bound on the vectors.
    assert.ok(outside.length / n < nu + 0.02 && outside.length / n > nu - 0.03, `${outside.length}`);
    assert.ok(svm.alpha.length >= nu * n);
    assert.ok(Math.abs(svm.alpha.reduce((sum, a) => sum + a, 0) - nu * n) < 1e-3);
  }
});

test('far away the decision falls to -rho, and a feature that never varied is left out', () => {
  const rows = Float32Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? Math.sin(i) : 4.2));
  const svm = trainOneClassSvm({ rows, n: 50, d: 2 });
  assert.ok(Math.abs(svmDecision(svm, Float32Array.of(1e9, 4.2)) + svm.rho) < 1e-6);
  assert.equal(svmDecision(svm, Float32Array.of(0.3, 4.2)), svmDecision(svm, Float32Array.of(0.3, 99)));
});

test('many rows are thinned evenly', () => {
  const n = 2 * MAX_SVM_ROWS;
  // Every other row, those that stay, is a plain draw; the others lie elsewhere and must leave no support vector.
  const draws = inventTable(n, 4, 6).rows;
  const rows = draws.map((x, i) => (Math.floor(i / 4) % 2 === 0 ? x : x + 50));
  const svm = trainOneClassSvm({ rows, n, d: 4, nu: 0.01 });
  assert.equal(svm.trainedOn, MAX_SVM_ROWS);
  // Two clusters of equal size stand one standard deviation either side of the mean.
  assert.ok(svm.vectors.every((z) => z < 0));
});

test('what cannot be learned from is refused', () => {
  const task = { rows: Float32Array.of(1, 2), n: 2, d: 1 };
  assert.throws(() => trainOneClassSvm({ ...task, nu: 0 }), /nu lies above 0/);
  assert.throws(() => trainOneClassSvm({ ...task, nu: 1.5 }), /nu lies above 0/);
  assert.throws(() => trainOneClassSvm({ ...task, gamma: -1 }), /gamma is positive/);
  assert.throws(() => trainOneClassSvm({ ...task, clip: 0 }), /clip is a positive/);
  assert.throws(() => trainOneClassSvm({ ...task, rows: Float32Array.of(1, Infinity) }), /row 1 is Infinity/);
  assert.throws(() => svmDecision(trainOneClassSvm(task), Float32Array.of(1, 2)), /1 features, not 2/);
});
