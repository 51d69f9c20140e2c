// Numbers: R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I, method 3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilsonInterval } from './wilson-interval.ts';

const rounded = (share: number, n: number): number[] => {
  const { low, high } = wilsonInterval(share, n);
  return [low, high].map((x) => Number(x.toFixed(4)));
};

test('the intervals of the published table', () => {
  assert.deepEqual(rounded(81 / 263, 263), [0.2553, 0.3662]);
  assert.deepEqual(rounded(15 / 148, 148), [0.0624, 0.1605]);
  assert.deepEqual(rounded(0, 20), [0, 0.1611]);
  assert.deepEqual(rounded(1 / 29, 29), [0.0061, 0.1718]);
});

test('none of few is no promise, and nothing leaves 0 to 1', () => {
  assert.ok(wilsonInterval(0, 5).high > 0.4);
  assert.equal(wilsonInterval(1, 3).high, 1);
  assert.equal(wilsonInterval(0.25, 7).value, 0.25);
});
