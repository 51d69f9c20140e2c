import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile, reaches, summarise } from './bench-statistics.ts';

test('the median, worked out by hand', () => {
  assert.equal(median([7]), 7);
  assert.equal(median([9, 1, 4]), 4);
  // In order 1 2 10 20: half of 2 + 10. As text, 10 would come before 2.
  assert.equal(median([10, 2, 20, 1]), 6);
  assert.throws(() => median([]), RangeError);
});

test('percentiles by nearest rank, worked out by hand', () => {
  const oneToTwenty = Array.from({ length: 20 }, (_, i) => 20 - i);
  // Rank ceil(.95 * 20) = 19 and ceil(.99 * 20) = 20 from the good end.
  assert.equal(percentile(oneToTwenty, 0.95, 'less'), 19);
  assert.equal(percentile(oneToTwenty, 0.99, 'less'), 20);
  assert.equal(percentile(oneToTwenty, 0.95, 'more'), 2);
  assert.equal(percentile(oneToTwenty, 0.99, 'more'), 1);
  // Table of the five values in en.wikipedia.org/wiki/Percentile, "nearest-rank method": the 5th, 30th, 40th, 50th and 100th.
  const five = [15, 20, 35, 40, 50];
  assert.deepEqual(
    [0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(five, share, 'less')),
    [15, 20, 20, 35, 50],
  );
  assert.throws(() => percentile(five, 0, 'less'), RangeError);
  assert.throws(() => percentile(five, 1.01, 'less'), RangeError);
  assert.throws(() => percentile([], 0.5, 'less'), RangeError);
});

test('a summary leaves the samples in their order', () => {
  const samples = [3, 1, 2];
  assert.deepEqual(summarise(samples, 'less'), { median: 2, p95: 3, p99: 3 });
  assert.deepEqual(summarise(samples, 'more'), { median: 2, p95: 1, p99: 1 });
  assert.deepEqual(samples, [3, 1, 2]);
});

test('a goal is reached at the goal itself, from the side that is better', () => {
  assert.deepEqual(
    [0.9, 1, 1.1].map((value) => reaches(value, 1, 'less')),
    [true, true, false],
  );
  assert.deepEqual(
    [0.9, 1, 1.1].map((value) => reaches(value, 1, 'more')),
    [false, true, true],
  );
  assert.equal(reaches(5, null, 'less'), null);
});
