import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegularTimes } from './regular-times.ts';

test('standard deviation over mean of the last intervals, once there are enough', () => {
  const times = createRegularTimes(4);
  for (const ms of [0, 50, 150, 260, 350]) times.add(ms * 1000);
  assert.ok(Math.abs(times.cv() - Math.sqrt((37.5 ** 2 + 12.5 ** 2 + 22.5 ** 2 + 2.5 ** 2) / 4) / 87.5) < 1e-12);
  times.add(450_000);
  // 100, 110, 90, 100
  assert.ok(Math.abs(times.cv() - Math.sqrt(200 / 4) / 100) < 1e-12);
  assert.equal(times.meanMs(), 100);
  assert.equal(times.firstUs(), 50_000);
  times.clear();
  times.add(500_000);
  assert.equal(times.cv(), Number.POSITIVE_INFINITY);
});
