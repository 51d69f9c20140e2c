import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { countUse, usedUntil } from './chain-use.ts';

const S = 1e6;
const press = (s: number): InputEvent => ({ type: 'keystroke', ts: s * S, key: 'a', event: 'press' });
const release = (s: number): InputEvent => ({ type: 'keystroke', ts: s * S, key: 'a', event: 'release' });

test('presses are actions, and a long pause counts a minute', () => {
  const events = [press(10), release(10.1), press(12), release(12.1), press(1012.1)];
  assert.deepEqual(countUse(events, 'keystroke'), { actions: 3, seconds: 62.1 });
});

test('until a moment: what was done before it, and the time up to it', () => {
  const events = [press(10), press(12), press(20)];
  assert.deepEqual(countUse(events, 'keystroke', 15 * S), { actions: 2, seconds: 5 });
});

test('a movement of the mouse is one action, however many events it has', () => {
  const move = (ms: number, x: number): InputEvent => ({ type: 'mouse', ts: ms * 1000, x, y: 0, event: 'move' });
  const sweep = (fromMs: number): InputEvent[] => Array.from({ length: 30 }, (_, i) => move(fromMs + 10 * i, 5 * i));
  assert.deepEqual(countUse([...sweep(0), ...sweep(1000)], 'mouse'), { actions: 2, seconds: 1.29 });
});

test('the first minutes of use', () => {
  const events = [press(0), press(30), press(1000), press(1020)];
  // The clock of use: 0, 30, 90 and 110 s.
  assert.deepEqual(
    usedUntil(events, 100 * S).map(({ ts }) => ts / S),
    [0, 30, 1000],
  );
  assert.equal(usedUntil(events, 110 * S).length, 4);
});
