import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { XiRawEvent } from 'x11';
import type { MouseEvent } from '../../events.ts';
import type { Place } from './pointer-place.ts';
import type { XiSource } from './xi-devices.ts';
import { createXiPointer } from './xi-pointer.ts';

const MOUSE: XiSource = { name: 'mouse', madeBy: null, motion: 'steps' };

/** A server whose pointer begins at 100, 100 and moves as told; it answers when the test says so. */
function rig(mapping: readonly number[] = []) {
  const told: MouseEvent[] = [];
  const questions: ((place: Place) => void)[] = [];
  const pointer = createXiPointer({
    screen: () => ({ width: 1000, height: 1000 }),
    button: (physical) => mapping[physical - 1] ?? physical,
    ask: (answer) => void questions.push(answer),
    publish: (event) => void told.push(event),
  });
  const raw = (event: Partial<XiRawEvent>, ts: number): void =>
    pointer.accept(
      { name: 'XIRawMotion', sourceId: 1, time: 0, detail: 0, flags: 0, valuators: {}, ...event },
      ts,
      MOUSE,
    );
  const answer = (x: number, y: number): void => (questions.shift() ?? assert.fail('nothing was asked'))({ x, y });
  return {
    told,
    questions,
    answer,
    move: (ts: number, x: number, y: number) => raw({ valuators: { 0: x, 1: y } }, ts),
    raw,
    press: (ts: number, detail: number, name: XiRawEvent['name'] = 'XIRawButtonPress') => raw({ name, detail }, ts),
  };
}

test('movements are told at once, and where the pointer is is asked ten times a second', () => {
  const { told, questions, answer, move } = rig();
  answer(100, 100);
  for (let ms = 0; ms < 1000; ms += 8) {
    move(ms * 1000, 1, 0);
    if (questions.length > 0) answer(101 + ms / 8, 100);
    assert.equal(told.length, ms / 8 + 1);
  }
  assert.deepEqual(told.at(-1), { type: 'mouse', ts: 992_000, x: 225, y: 100, event: 'move' });
});

test('the first movement of a second waits for the answer, and what comes meanwhile for it', () => {
  const { told, questions, answer, move, press } = rig();
  answer(100, 100);
  move(0, 5, 5);
  move(1000, 5, 5);
  press(2000, 1);
  assert.deepEqual([told, questions.length], [[], 1]);
  // Somebody has moved the pointer by 50 meanwhile, before all of it.
  answer(160, 110);
  assert.deepEqual(told, [
    { type: 'mouse', ts: 0, x: 155, y: 105, event: 'move' },
    { type: 'mouse', ts: 1000, x: 160, y: 110, event: 'move' },
    { type: 'mouse', ts: 2000, x: 160, y: 110, event: 'press', button: 'Left' },
  ]);
});

test('a click where no device has led the pointer is told with the jump there', () => {
  const { told, answer, press } = rig();
  answer(100, 100);
  press(1000, 3);
  answer(700, 20);
  press(2000, 3, 'XIRawButtonRelease');
  answer(700, 20);
  assert.deepEqual(told, [
    { type: 'mouse', ts: 1000, x: 700, y: 20, event: 'move' },
    { type: 'mouse', ts: 1000, x: 700, y: 20, event: 'press', button: 'Right' },
    { type: 'mouse', ts: 2000, x: 700, y: 20, event: 'release', button: 'Right' },
  ]);
});

test('notches of the wheel are told once each; axes of the wheel, sideways notches and side buttons are not', () => {
  const { told, questions, answer, press, raw } = rig();
  answer(100, 100);
  for (const detail of [4, 5, 6, 7, 8, 9])
    for (const name of ['XIRawButtonPress', 'XIRawButtonRelease'] as const) press(1000, detail, name);
  // The axes of a smooth wheel come beside the notches that the server makes of them.
  raw({ valuators: { 3: 15 } }, 1000);
  while (questions.length > 0) answer(100, 100);
  assert.deepEqual(
    told.map((event) => (event.event === 'scroll' ? event.scroll_delta : event.event)),
    [1, -1],
  );
});

test('a left hand: buttons have the names that the desktop gives them', () => {
  const { told, questions, answer, press } = rig([3, 2, 1]);
  answer(0, 0);
  for (const detail of [1, 2, 3]) press(1000, detail);
  while (questions.length > 0) answer(0, 0);
  assert.deepEqual(
    told.map((event) => (event.event === 'press' ? event.button : event.event)),
    ['Right', 'Middle', 'Left'],
  );
});
