import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptPoints } from './thin.ts';

const calm = (count: number): readonly number[] => Array.from({ length: count }, () => 1);

test('a run that fits is kept whole', () => {
  assert.deepEqual(keptPoints([], 3), []);
  assert.deepEqual(keptPoints([1, 1, 2], 3), [0, 1, 2]);
});

test('a run without a change of state is spread evenly, both ends included', () => {
  // 11 points, 5 to keep: steps of 2.5, so 0, 2.5, 5, 7.5, 10, with halves rounded up.
  assert.deepEqual(keptPoints(calm(11), 5), [0, 3, 5, 8, 10]);
  assert.deepEqual(keptPoints(calm(11), 2), [0, 10]);
  assert.deepEqual(keptPoints(calm(11), 1), [10]);
});

test('changes of state are kept and the rest is spread over what they leave', () => {
  //              0  1  2  3  4  5  6  7  8  9
  const states = [1, 1, 1, 2, 1, 1, 1, 1, 1, 1];
  // Changes at 3 and 4; two of four points are left: 0 and 9.
  assert.deepEqual(keptPoints(states, 4), [0, 3, 4, 9]);
});

test('a change that falls on an even position is not kept twice', () => {
  // A change at 4; three are left for 8 points: 0, 3.5 (rounded to 4), 7.
  assert.deepEqual(keptPoints([1, 1, 1, 1, 2, 2, 2, 2], 4), [0, 4, 7]);
});

test('more changes of state than points allowed are all kept', () => {
  assert.deepEqual(keptPoints([1, 2, 1, 2, 1], 2), [1, 2, 3, 4]);
});
