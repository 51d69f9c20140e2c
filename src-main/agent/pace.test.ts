import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf } from './pace.ts';

const MINUTE_US = 60e6;

test('the usual pace at first, the own one after some minutes', () => {
  const { seen, perMinute } = paceOf(150);
  assert.equal(perMinute(), 150);
  for (let tick = 0; tick <= 60 * 30; tick += 1) seen(tick * (MINUTE_US / 30), 2);
  // Two a tick, thirty ticks a minute.
  assert.ok(Math.abs(perMinute() - 60) < 3, String(perMinute()));
});

test('a short pause is a part of use, a long one none', () => {
  const { seen, perMinute } = paceOf(100);
  // A hundred in each burst, twenty seconds apart: 300 a minute of use.
  for (let burst = 0; burst < 600; burst += 1) seen(burst * 20e6, 100);
  assert.ok(Math.abs(perMinute() - 300) < 10, String(perMinute()));
  const before = perMinute();
  seen(600 * 20e6 + 60 * MINUTE_US, 100);
  // The hour counts as half a minute.
  assert.ok(Math.abs(perMinute() - before) < 10, String(perMinute()));
});

test('ticks without events change nothing, nor does a clock that was set back', () => {
  const { seen, perMinute } = paceOf(100);
  seen(10 * MINUTE_US, 50);
  const before = perMinute();
  seen(11 * MINUTE_US, 0);
  assert.equal(perMinute(), before);
  seen(MINUTE_US, 1);
  assert.ok(Number.isFinite(perMinute()) && perMinute() >= before);
});
