import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppEvent } from '../events.ts';
import { appTransitions, hourAtOffset } from './app-features.ts';

const NINE_UTC_US = Date.UTC(2024, 0, 8, 9) * 1000;
const focus = (app_name: string, minutes: number): AppEvent => ({
  type: 'app',
  ts: NINE_UTC_US + minutes * 60_000_000,
  app_name,
  event: 'focus',
});
const utc = hourAtOffset(0);

test('each switch tells from, to, stay and hour', () => {
  assert.deepEqual(appTransitions([focus('editor', 0), focus('browser', 2.5), focus('editor', 61)], utc), [
    { from: 'editor', to: 'browser', dwellMs: 150_000, hour: 9 },
    { from: 'browser', to: 'editor', dwellMs: 30 * 60_000, hour: 10 },
  ]);
});

test('focus that stays within an application is no switch and does not restart its stay', () => {
  assert.deepEqual(appTransitions([focus('editor', 0), focus('editor', 5), focus('mail', 7)], utc), [
    { from: 'editor', to: 'mail', dwellMs: 7 * 60_000, hour: 9 },
  ]);
});

test('an event from before its predecessor is left out', () => {
  assert.deepEqual(appTransitions([focus('editor', 10), focus('mail', 3), focus('shell', 11)], utc), [
    { from: 'editor', to: 'shell', dwellMs: 60_000, hour: 9 },
  ]);
});

test('none or one event gives no switch', () => {
  assert.deepEqual(appTransitions([], utc), []);
  assert.deepEqual(appTransitions([focus('editor', 0)], utc), []);
});

test('hours follow the offset, over midnight both ways', () => {
  assert.equal(hourAtOffset(330)(NINE_UTC_US), 14); // India, 14:30
  assert.equal(hourAtOffset(-600)(NINE_UTC_US), 23); // Hawaii, the evening before
  assert.equal(hourAtOffset(15 * 60)(NINE_UTC_US), 0);
  assert.equal(hourAtOffset(-60)(0), 23);
});

test('an hour that is none is refused', () => {
  for (const hour of [24, -1, 9.5, Number.NaN]) {
    assert.throws(() => appTransitions([focus('editor', 0), focus('mail', 1)], () => hour), /is not between 0 and 23/);
  }
});
