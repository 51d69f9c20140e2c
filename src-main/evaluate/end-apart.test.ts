import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { endApart } from './end-apart.ts';

/** Keys pressed and released, one after the other. */
const typed = (keys: string): InputEvent[] =>
  [...keys].flatMap((key, i): InputEvent[] => [
    { type: 'keystroke', ts: 2 * i, key, event: 'press' },
    { type: 'keystroke', ts: 2 * i + 1, key, event: 'release' },
  ]);
const pressed = (recordings: readonly (readonly InputEvent[])[]): string[] =>
  recordings.map((events) =>
    events.flatMap((event) => (event.type === 'keystroke' && event.event === 'press' ? [event.key] : [])).join(''),
  );

test('the last keystrokes are apart, and nothing is in both or lost', () => {
  const recordings = [typed('abcd'), typed('efghij')];
  const { before, end } = endApart(recordings, 3, 0.5);
  assert.deepEqual([pressed(before), pressed(end)], [['abcd', 'efg'], ['hij']]);
  assert.deepEqual([...before, ...end].flat(), recordings.flat());
});

test('of few there are no more than a share, rounded down, and it may begin in an earlier recording', () => {
  const { before, end } = endApart([typed('abcd'), typed('e')], 400, 0.5);
  assert.deepEqual([pressed(before), pressed(end)], [['abc'], ['d', 'e']]);
});
