import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittingLook, holds, lookAt } from './period.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12);

test('without a moment, the last 24 hours', () => {
  assert.deepEqual(lookAt(null, NOW), { range: 'day', toMs: null });
});

test('a moment asks for the shortest range that holds it, not at its very edge', () => {
  const ages = [0, 30 * MINUTE, 59.5 * MINUTE, 5 * HOUR, 3 * DAY, 20 * DAY];
  assert.deepEqual(
    ages.map((age) => lookAt(NOW - age, NOW).range),
    ['hour', 'hour', 'day', 'day', 'week', 'month'],
  );
});

test('an old moment stands in the middle of its day', () => {
  assert.deepEqual(lookAt(NOW - 100 * DAY, NOW), { range: 'day', toMs: NOW - 100 * DAY + 12 * HOUR });
});

test('a moment that is a little ahead of the clock is in the last hour', () => {
  assert.deepEqual(lookAt(NOW + 500, NOW), { range: 'hour', toMs: null });
  assert.equal(holds({ range: 'hour', toMs: null }, NOW + 500, NOW), true);
});

test('the chosen range stays while it holds the moment, and gives way when it does not', () => {
  const month = { range: 'month', toMs: null } as const;
  assert.equal(fittingLook(month, NOW - MINUTE, NOW), month);
  assert.equal(fittingLook(month, null, NOW), month);
  assert.equal(fittingLook({ range: 'hour', toMs: null }, NOW - 2 * HOUR, NOW).range, 'day');
  const past = { range: 'day', toMs: NOW - 99 * DAY } as const;
  assert.equal(fittingLook(past, NOW - 99 * DAY - HOUR, NOW), past);
  assert.deepEqual(fittingLook(past, NOW - 10 * MINUTE, NOW), { range: 'hour', toMs: null });
});
