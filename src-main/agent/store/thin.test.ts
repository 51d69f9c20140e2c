import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptPoints } from './thin.ts';

const calm = (count: number): readonly number[] => Array.from({ length: count }, () => 1);

test('a run that fits is kept whole', () => {
  assert.deepEqual(keptPoints([], [], 3), []);
  assert.deepEqual(keptPoints([1, 1, 2], [90, 90, 60], 3), [0, 1, 2]);
});

test('a calm run is spread evenly, both ends included', () => {
  // 11 points, 5 to keep: the ends, and the middle of each of 1-3, 4-6 and 7-9.
  assert.deepEqual(keptPoints(calm(11), calm(11), 5), [0, 2, 5, 8, 10]);
  assert.deepEqual(keptPoints(calm(11), calm(11), 2), [0, 10]);
  assert.deepEqual(keptPoints(calm(11), calm(11), 1), [10]);
});

test('the lowest of each stretch is kept; what has no trust is not lower than what has', () => {
  //             0   1   2     3   4   5   6   7   8   9  10
  const trust = [95, 95, null, 90, 95, 95, 30, 95, 94, 95, 95];
  assert.deepEqual(keptPoints(calm(11), trust, 5), [0, 3, 6, 8, 10]);
});

test('changes of state are kept and the rest is spread over what they leave', () => {
  //              0  1  2  3  4  5  6  7  8  9
  const states = [1, 1, 1, 2, 1, 1, 1, 1, 1, 1];
  // Changes at 3 and 4; two of four points are left: 0 and 9.
  assert.deepEqual(keptPoints(states, states, 4), [0, 3, 4, 9]);
});

test('a change that is kept already is not kept twice', () => {
  // A change at 4; three are left: 0, 7 and the lowest of 1-6, which is the change itself.
  const states = [1, 1, 1, 1, 2, 2, 2, 2];
  assert.deepEqual(keptPoints(states, [9, 9, 9, 9, 5, 9, 9, 9], 4), [0, 4, 7]);
});

test('more changes of state than points allowed are all kept', () => {
  assert.deepEqual(keptPoints([1, 2, 1, 2, 1], [1, 2, 1, 2, 1], 2), [1, 2, 3, 4]);
});
