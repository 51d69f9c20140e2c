import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { retimed } from './retimed-typing.ts';

const key = (ts: number, name: string, event: 'press' | 'release'): InputEvent => ({
  ...{ type: 'keystroke', ts: ts * 1000, key: name, event },
});
const TYPED = [
  key(1000, 'a', 'press'),
  key(1100, 'b', 'press'),
  key(1120, 'a', 'release'),
  key(1180, 'b', 'release'),
  key(1400, 'a', 'press'),
  key(1480, 'a', 'release'),
];
const timesOf = (events: readonly InputEvent[]): unknown =>
  events.map((event) => (event.type === 'keystroke' ? [event.ts / 1000, event.key, event.event] : null));

test('holds and intervals change each by themselves, and the order of events with them', () => {
  // Intervals 100 and 300 become 50 and 150; holds of 120, 80 and 80 become 240, 160 and 160.
  const changed = retimed(TYPED, { hold: (s) => 2 * s, interval: (s) => s / 2 });
  assert.deepEqual(timesOf(changed), [
    [1000, 'a', 'press'],
    [1050, 'b', 'press'],
    [1200, 'a', 'press'],
    [1210, 'b', 'release'],
    [1240, 'a', 'release'],
    [1360, 'a', 'release'],
  ]);
});

test('each key and each pair may change in its own way', () => {
  const changed = retimed(TYPED, {
    hold: (s, name) => (name === 'b' ? s + 0.01 : s),
    interval: (s, first) => (first === 'a' ? s : 2 * s),
  });
  assert.deepEqual(timesOf(changed), [
    [1000, 'a', 'press'],
    [1100, 'b', 'press'],
    [1120, 'a', 'release'],
    [1190, 'b', 'release'],
    [1700, 'a', 'press'],
    [1780, 'a', 'release'],
  ]);
});

test('a release whose press is missing is left out, and so is the mouse', () => {
  const odd: InputEvent[] = [key(900, 'c', 'release'), { type: 'mouse', ts: 950_000, x: 1, y: 1, event: 'move' }];
  const same = { hold: (s: number) => s, interval: (s: number) => s };
  assert.deepEqual(retimed([...odd, ...TYPED], same), TYPED);
});
