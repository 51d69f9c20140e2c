import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLogistic } from './logistic.ts';

const owner = [1.2, 0.8, 1.5, 0.3, 0.9, 1.1];
const others = [-0.5, 0.2, 0.6, -0.1, 0.1, -0.9, 0.4, 0];

test('slope and intercept are those of scikit-learn with both classes weighted to 1', () => {
  // LogisticRegression(C=1000, tol=1e-12).fit(X, y, sample_weight=1/n of each class), scikit-learn 1.2.1
  const { slope, intercept } = fitLogistic(owner, others);
  assert.ok(Math.abs(slope - 5.826903397352559) < 1e-4, `slope ${slope}`);
  assert.ok(Math.abs(intercept - -2.855940966197735) < 1e-4, `intercept ${intercept}`);
});

test('classes that do not overlap still give a finite line that separates them', () => {
  const { slope, intercept } = fitLogistic([5, 6, 7], [-3, -2]);
  assert.ok(Number.isFinite(slope) && slope > 0);
  assert.ok(slope * 5 + intercept > 0 && slope * -2 + intercept < 0);
});

test('a missing class is an error, not a line', () => {
  assert.throws(() => fitLogistic([], others), /needs scores/);
  assert.throws(() => fitLogistic(owner, []), /needs scores/);
});
