import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalErrorRate, ratesAt } from './error-rates.ts';

test('separated scores have no error, reversed ones nothing but', () => {
  assert.equal(equalErrorRate([3, 4, 5], [0, 1, 2]), 0);
  assert.equal(equalErrorRate([0, 1, 2], [3, 4, 5]), 1);
});

test('one of four on the wrong side each way is 25 %', () => {
  // At threshold 4: genuine below it {1} = 1/4; impostors at or above it {5} = 1/4.
  assert.equal(equalErrorRate([1, 4, 6, 7], [0, 2, 3, 5]), 0.25);
});

test('rates at a threshold count ties as accepted', () => {
  assert.deepEqual(ratesAt([1, 2, 3, 4], [0, 2, 3], 2), { far: 2 / 3, frr: 0.25 });
});

test('nothing to compare gives no number', () => {
  assert.ok(Number.isNaN(equalErrorRate([], [1])));
});
