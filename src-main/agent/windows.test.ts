import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventWindow } from './windows.ts';

const at = (window: ReturnType<typeof eventWindow>, endUs: number): number[] => window.until(endUs).map(({ ts }) => ts);

test('an event is in the window until it is exactly as old as the window is long', () => {
  const window = eventWindow(30);
  for (const ts of [10, 20, 30]) window.push({ ts });
  assert.deepEqual(at(window, 30), [10, 20, 30]);
  assert.deepEqual(at(window, 39), [10, 20, 30]);
  assert.deepEqual(at(window, 40), [20, 30]);
  assert.deepEqual(at(window, 100), []);
});

test('what comes after the end waits for the next window', () => {
  const window = eventWindow(30);
  for (const ts of [10, 20, 30]) window.push({ ts });
  assert.deepEqual(at(window, 25), [10, 20]);
  assert.deepEqual(at(window, 35), [10, 20, 30]);
});

test('memory is bounded: the oldest go first', () => {
  const window = eventWindow(1e9, 10);
  for (let ts = 1; ts <= 1000; ts += 1) window.push({ ts });
  const kept = at(window, 1000);
  assert.ok(kept.length >= 10 && kept.length <= 20);
  assert.equal(kept.at(-1), 1000);
});

test('looking in between forgets nothing', () => {
  const window = eventWindow(30);
  for (const ts of [10, 20, 30]) window.push({ ts });
  assert.deepEqual(
    window.peek(45).map(({ ts }) => ts),
    [20, 30],
  );
  assert.deepEqual(at(window, 39), [10, 20, 30]);
});
