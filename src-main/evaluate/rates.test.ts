import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { drawWeights, intervalsOf, middle95, ratesOf, type SubjectTrials } from './rates.ts';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

const trials = (genuine: readonly number[], impostor: readonly number[]): SubjectTrials => ({
  genuine: Float64Array.from(genuine),
  impostor: Float64Array.from(impostor),
});

const THREE = [
  trials([1.5, 2, -0.5, 3], [-2, -1, 0.5, -3, -1.5]),
  trials([0, 1, 2], [-1, 0, 1, -2]),
  trials([2.5, 3.5], [-4, -0.2, 2.6]),
];

test('three subjects as NumPy and scikit-learn have them', () => {
  // The baselines' eer in NumPy, sklearn.metrics.roc_auc_score, numpy.mean and numpy.std on the same lists.
  const rates = ratesOf(THREE);
  near(rates.eerMean, 0.273015873015873);
  near(rates.eerSd, 0.05516872126026279);
  near(rates.eerPooled, 0.2222222222222222);
  near(rates.aucPooled, 0.8703703703703703);
  near(rates.aucMean, 0.8722222222222222);
  // Impostors at 0 or above: 0.5, 0, 1 and 2.6 of 12. Genuine below 0: one of 9.
  near(rates.farAtThreshold, 4 / 12);
  near(rates.frrAtThreshold, 1 / 9);
});

test('an interval holds the figure, comes out the same twice and vanishes where all subjects are alike', () => {
  const rates = ratesOf(THREE);
  const found = intervalsOf(THREE, createRandom(3), 400);
  assert.deepEqual(intervalsOf(THREE, createRandom(3), 400), found);
  for (const key of ['eerMean', 'eerPooled', 'aucPooled', 'aucMean', 'farAtThreshold', 'frrAtThreshold'] as const) {
    const [low, high] = found[key];
    assert.ok(low <= rates[key] && rates[key] <= high && low < high, key);
  }
  // One draw in 27 takes the same subject three times, so the extremes of a mean are those of single subjects: .2 and 1/3.
  near(found.eerMean[0], 0.2);
  near(found.eerMean[1], 1 / 3);
  const [one = trials([], [])] = THREE;
  const [low, high] = intervalsOf([one, one, one], createRandom(3), 50).eerMean;
  near(low, high);
});

test('draws take as many as there are, and the middle of a hundred and one leaves out two and a half on each side', () => {
  const weights = drawWeights(1000, createRandom(1));
  assert.equal(
    weights.reduce((sum, w) => sum + w, 0),
    1000,
  );
  // A share of 1/e is never drawn: 368, with a standard deviation of about 10.
  const never = weights.filter((w) => w === 0).length;
  assert.ok(Math.abs(never - 368) < 50, `${never}`);
  assert.deepEqual(middle95(Array.from({ length: 201 }, (_, i) => 200 - i)), [5, 195]);
});
