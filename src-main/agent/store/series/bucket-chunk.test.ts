import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketsBody, bucketsIn, bucketsOf, widened } from './bucket-chunk.ts';

const MINUTE = 60e6;

test('readings fall into the minute that they were made in', () => {
  const times = [0, 59_999_999, 60_000_000, 240_000_000, 240_000_001];
  // By hand; what is not known counts for nothing.
  assert.deepEqual(bucketsOf(times, [4, 8, 5, NaN, -2], MINUTE), [
    { fromUs: 0, count: 2, min: 4, mean: 6, max: 8 },
    { fromUs: MINUTE, count: 1, min: 5, mean: 5, max: 5 },
    { fromUs: 4 * MINUTE, count: 1, min: -2, mean: -2, max: -2 },
  ]);
  assert.deepEqual(bucketsOf([5], [NaN], MINUTE), []);
});

test('wider ones hold the same readings, each counted once', () => {
  const buckets = [
    { fromUs: 4 * MINUTE, count: 1, min: 9, mean: 9, max: 9 },
    { fromUs: 0, count: 3, min: 1, mean: 2, max: 3 },
    { fromUs: 5 * MINUTE, count: 2, min: 7, mean: 8, max: 9 },
    { fromUs: 0, count: 1, min: 6, mean: 6, max: 6 },
  ];
  // (3 x 2 + 6 + 9) / 5 = 4.2
  assert.deepEqual(widened(buckets, 5 * MINUTE), [
    { fromUs: 0, count: 5, min: 1, mean: 4.2, max: 9 },
    { fromUs: 5 * MINUTE, count: 2, min: 7, mean: 8, max: 9 },
  ]);
});

test('buckets come back, with gaps and with readings below zero', () => {
  for (const buckets of [
    [],
    [{ fromUs: 0, count: 1, min: 0, mean: 0, max: 0 }],
    [
      { fromUs: 1_795_238_160e6, count: 60, min: -3, mean: -0.5, max: 1024 },
      { fromUs: 1_795_238_220e6, count: 59, min: 5, mean: 5, max: 5 },
      { fromUs: 1_795_299_960e6, count: 1, min: 0, mean: 0.25, max: 2e9 },
    ],
  ]) {
    const back = bucketsIn(bucketsBody(buckets, MINUTE), MINUTE);
    // Of these, only two milliards need more than eleven bits.
    assert.deepEqual(
      back.map((bucket) => ({ ...bucket, max: bucket.max > 1e9 ? 2e9 : bucket.max })),
      buckets,
    );
    assert.ok(back.every(({ max }) => max < 1e9 || Math.abs(max / 2e9 - 1) < 1 / 4096));
  }
});
