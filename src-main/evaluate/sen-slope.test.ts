// Against scipy.stats.theilslopes (SciPy 1.10), and by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { medianOf, senSlope } from './sen-slope.ts';

const near = (value: number, expected: number): void =>
  assert.ok(Math.abs(value - expected) < 1e-9, `${value} instead of ${expected}`);

test('slope and interval of twelve points with one far off are those of SciPy', () => {
  const values = [3, 5, 2, 8, 7, 6, 12, 9, 14, 11, 10, 40];
  const found = senSlope([...values.keys()], values);
  assert.ok(found !== null);
  near(found.slope, 1.225);
  // What is left beside the line swings from one side to the other, so nothing is widened.
  near(found.low, 0.6);
  near(found.high, 2);
  assert.equal(found.points, 12);
});

test('a straight line has its own slope, without a doubt', () => {
  const times = Array.from({ length: 20 }, (_, i) => i / 10);
  const found = senSlope(
    times,
    times.map((time) => 7 - 3 * time),
  );
  assert.ok(found !== null);
  near(found.slope, -3);
  near(found.low, -3);
  near(found.high, -3);
});

test('neighbours that go together widen the interval', () => {
  const times = Array.from({ length: 40 }, (_, i) => i);
  const swinging = times.map((i) => (i % 2 === 0 ? 1 : -1));
  // The same ups and downs, ten of a kind in a row.
  const waves = times.map((i) => (Math.floor(i / 10) % 2 === 0 ? 1 : -1));
  const [quick, slow] = [senSlope(times, swinging), senSlope(times, waves)];
  assert.ok(quick !== null && slow !== null);
  assert.ok(slow.high - slow.low > 3 * (quick.high - quick.low), `${slow.low} to ${slow.high}`);
});

test('seven points are too few', () => {
  assert.equal(senSlope([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]), null);
});

test('the median of an even number lies between the two in the middle', () => {
  assert.equal(medianOf([9, 1, 4]), 4);
  assert.equal(medianOf([9, 1, 4, 5]), 4.5);
});
