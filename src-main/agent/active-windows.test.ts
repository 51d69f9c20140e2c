// Windows of invented times, worked out by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeWindows, type ActiveWindows } from './active-windows.ts';

const S = 1e6;
type At = { readonly ts: number };
const push = (windows: ActiveWindows<At>, ...seconds: readonly number[]): void =>
  seconds.forEach((s) => windows.push({ ts: s * S }));
const told = (events: readonly At[]): string => events.map(({ ts }) => ts / S).join(' ');

test('windows that share nothing, and the last one', () => {
  const windows = activeWindows<At>(2 * S);
  // Activity until each: 0, .5, 1.5 (a gap of a minute counts one second), 2 (ends the first window), 3, 4 (ends the second), 4.5.
  push(windows, 0, 0.5, 60.5, 61, 62, 63, 63.5);
  assert.equal(windows.activeUs(), 4.5 * S);
  assert.deepEqual(windows.take().map(told), ['0 0.5 60.5', '61 62']);
  assert.deepEqual(windows.take(), [], 'each once');
  assert.equal(told(windows.recent()), '62 63 63.5', 'after 2.5 s of activity');
});

test('a window that was begun anew holds nothing from before; the last one goes on', () => {
  const windows = activeWindows<At>(2 * S);
  push(windows, 0, 0.5, 1);
  windows.restart();
  push(windows, 1.5, 2, 2.5, 3);
  assert.deepEqual(windows.take().map(told), ['1.5 2 2.5'], 'from 1 s of activity to 3 s');
  assert.equal(told(windows.recent()), '1.5 2 2.5 3');
});

test('another sitting begins with nothing, and the time until then does not count', () => {
  const windows = activeWindows<At>(2 * S);
  push(windows, 0, 0.5, 1.5);
  windows.clear();
  push(windows, 1.75, 2.5);
  assert.equal(windows.activeUs(), 2.25 * S);
  assert.equal(told(windows.recent()), '1.75 2.5');
  assert.deepEqual(windows.take(), []);
});

test('a clock that was set back begins anew; what comes a little late does not', () => {
  const windows = activeWindows<At>(2 * S);
  push(windows, 1000, 1000.5, 1000.25);
  assert.equal(told(windows.recent()), '1000 1000.5 1000.25');
  push(windows, 10, 10.5);
  assert.equal(told(windows.recent()), '10 10.5');
});

test('memory is bounded, also when time stands still and nobody takes the windows', () => {
  const windows = activeWindows<At>(2 * S, 10);
  for (let i = 0; i < 1000; i += 1) windows.push({ ts: 5 * S });
  assert.ok(windows.recent().length <= 20);
  for (let s = 6; s < 1000; s += 1) push(windows, s);
  assert.equal(windows.take().length, 32);
});
