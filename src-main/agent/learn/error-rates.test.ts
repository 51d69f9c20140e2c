import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaUnderCurve, countScores, equalErrorRate, ratesAt } from './error-rates.ts';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('separated scores have no error, reversed ones nothing but', () => {
  assert.equal(equalErrorRate([3, 4, 5], [0, 1, 2]), 0);
  assert.equal(equalErrorRate([0, 1, 2], [3, 4, 5]), 1);
});

test('one of four on the wrong side each way is 25 %', () => {
  // At threshold 4: genuine below it {1} = 1/4; impostors at or above it {5} = 1/4.
  near(equalErrorRate([1, 4, 6, 7], [0, 2, 3, 5]), 0.25);
});

test('between two thresholds the rates are taken as straight lines', () => {
  // One genuine score of 2 among impostors of 1 and 3. Just above 1: FRR 0, FAR 1/2. Just above 2: FRR 1, FAR 1/2. The gap goes from
  // -1/2 to 1/2 while FAR stays, so both are 1/2.
  near(equalErrorRate([2], [1, 3]), 0.5);
  // Genuine {1, 4, 5}, impostors {0, 2, 3, 6, 7}. Above 3: FRR 1/3, FAR 2/5, gap -1/15. Above 4: FRR 2/3, FAR 2/5, gap 4/15.
  near(equalErrorRate([1, 4, 5], [0, 2, 3, 6, 7]), 0.4);
  // Genuine {2, 3}, impostors {1, 3}: above 2 FRR 1/2, FAR 1/2.
  near(equalErrorRate([2, 3], [1, 3]), 0.5);
  // The tie at 3 moves both: above 1 FRR 0, FAR 2/3; above 3 FRR 2/3, FAR 1/3; the lines cross at 4/9.
  near(equalErrorRate([3, 3, 5], [1, 3, 4]), 4 / 9);
});

test('the same as NumPy on normal scores with ties', () => {
  // Baked with the reference's eer (NumPy) and sklearn.metrics.roc_auc_score on the same lists.
  const genuine = Array.from({ length: 40 }, (_, i) => Math.round(10 * (1.2 + Math.sin(i * 1.7) * 1.1)) / 10);
  const impostor = Array.from({ length: 90 }, (_, i) => Math.round(10 * Math.cos(i * 2.3) * 1.3) / 10);
  near(equalErrorRate(genuine, impostor), 0.32);
  near(areaUnderCurve(countScores(genuine, impostor)), 0.8163888888888888);
});

test('ties count half in the area under the curve', () => {
  // Pairs: 2>1, 2=2, 3>1, 3>2: 3.5 of 4.
  assert.equal(areaUnderCurve(countScores([2, 3], [1, 2])), 3.5 / 4);
});

test('rates at a threshold count ties as accepted', () => {
  assert.deepEqual(ratesAt([1, 2, 3, 4], [0, 2, 3], 2), { far: 2 / 3, frr: 0.25 });
});

test('nothing to compare gives no number, and what is no number is refused', () => {
  assert.ok(Number.isNaN(equalErrorRate([], [1])));
  assert.throws(() => equalErrorRate([Number.NaN], [1]), RangeError);
});
