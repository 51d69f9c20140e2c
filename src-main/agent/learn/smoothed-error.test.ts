import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalBelow, smoothedEqualErrorRate } from './smoothed-error.ts';

const near = (got: number, expected: number): void =>
  assert.ok(Math.abs(got - expected) < 1e-4, `${got} is not ${expected}`);
const times = (count: number, score: number): number[] => Array.from({ length: count }, () => score);

test('the normal distribution of the table', () => {
  for (const [z, below] of [
    [0, 0.5],
    [1, 0.841345],
    [-1.96, 0.024998],
    [2.5, 0.99379],
    [-4, 0.0000317],
  ] as const)
    assert.ok(Math.abs(normalBelow(z) - below) < 1e-6, `${z}`);
});

// Five windows of 4: the spread is drawn from 0 to sqrt(4 * 1.69 / 8) = 0.9192.
const OWN = times(5, 4);

test('others far from the owner make no error but that of the few who are near', () => {
  // One in ten lies above all of his, the rest below all.
  near(smoothedEqualErrorRate(OWN, [10, ...times(9, -10)]), 0.1);
  // One in a hundred at 3: below it lies 13.8 % of his, far below 1 % of them, so the rates meet where 1 % of his is refused.
  near(smoothedEqualErrorRate(OWN, [3, ...times(99, -10)]), 0.01);
});

test('many others at one score: so much of his lies below it', () => {
  // (3 - 4) / 0.9192 = -1.0879: 13.83 %, between none and half of the others.
  near(smoothedEqualErrorRate(OWN, [...times(10, 3), ...times(10, -10)]), 0.13833);
  near(smoothedEqualErrorRate(OWN, times(20, 4)), 0.5);
});

test('there is nothing to say without one side', () => {
  assert.ok(Number.isNaN(smoothedEqualErrorRate([], [1])));
  assert.ok(Number.isNaN(smoothedEqualErrorRate([1], [])));
});
