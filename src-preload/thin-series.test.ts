import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinSeries, type Point } from './thin-series.ts';

test('the mean of each share of the time, at its middle; a share without readings has no point', () => {
  const points: Point[] = [
    ...[[6000, 1] as const, [7000, 3] as const, [8999, 5] as const],
    ...[[9000, 10] as const, [15_000, 7] as const],
  ];
  assert.deepEqual(thinSeries(points, 3000), [
    [7500, 3],
    [10_500, 10],
    [16_500, 7],
  ]);
  assert.deepEqual(thinSeries([], 3000), []);
});

test('a point stays where it is when later ones arrive', () => {
  const all = Array.from({ length: 900 }, (_, i): Point => [1_700_000_000_400 + 1000 * i, i % 7]);
  const before = thinSeries(all.slice(0, 600), 3000);
  assert.deepEqual(thinSeries(all, 3000).slice(0, before.length - 1), before.slice(0, -1));
});

test('a quarter of an hour at one reading a second makes 300 points, or one more where it begins within a share', () => {
  const all = Array.from({ length: 900 }, (_, i): Point => [1_700_000_000_400 + 1000 * i, 1]);
  assert.ok(thinSeries(all, 3000).length <= 301);
  assert.ok(thinSeries(all, 3000).length >= 300);
});
