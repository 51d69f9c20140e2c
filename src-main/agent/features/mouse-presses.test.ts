import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { tallyOf } from './mouse-presses.ts';

const tsOf = (ms: number) => 1_704_704_400_000_000 + ms * 1000;
const move = (ms: number, x = 0, y = 0): MouseEvent => ({ type: 'mouse', ts: tsOf(ms), x, y, event: 'move' });
const button = (event: 'press' | 'release') => {
  return (ms: number, x = 0, name: 'Left' | 'Right' | 'Middle' = 'Left'): MouseEvent => {
    return { type: 'mouse', ts: tsOf(ms), x, y: 0, event, button: name };
  };
};
const press = button('press');
const release = button('release');

test('a click is released within a second; a longer hold is neither click nor drag', () => {
  const { clicksMs, dragsMs, drags } = tallyOf([press(0), release(1000), press(2000), release(3001)]);
  assert.deepEqual([clicksMs, dragsMs, drags], [[1000], [], 0]);
});

test('8 px make a drag, also when the pointer comes back to where it was pressed', () => {
  const there = tallyOf([press(0), move(50, 8), release(100, 8)]);
  const andBack = tallyOf([press(0), move(50, 0, -8), move(80, 0, 0), release(100)]);
  const almost = tallyOf([press(0), move(50, 7.9), release(100, 7.9)]);
  assert.deepEqual([there.dragsMs, there.clicksMs], [[100], []]);
  assert.deepEqual([andBack.dragsMs, andBack.clicksMs], [[100], []]);
  assert.deepEqual([almost.dragsMs, almost.clicksMs], [[], [100]]);
});

test('a drag over 10 s counts, but its length does not', () => {
  const { drags, dragsMs } = tallyOf([press(0), release(10_001, 50), press(20_000), release(30_000, 50)]);
  assert.deepEqual([drags, dragsMs], [2, [10_000]]);
});

test('a second press makes a double click: same button, within 500 ms and 8 px', () => {
  const doubles = (second: MouseEvent) => tallyOf([press(0), release(80), second]).doublesMs;
  assert.deepEqual(doubles(press(500, 7)), [500]);
  assert.deepEqual(doubles(press(501)), []);
  assert.deepEqual(doubles(press(200, 8)), []);
  assert.deepEqual(doubles(press(200, 0, 'Right')), []);
});

test('the rest before a press counts up to a second and only after a movement', () => {
  assert.deepEqual(
    tallyOf([press(0), release(50), move(100), press(1100), release(1150), press(1101)]).settlesMs,
    [1000],
  );
});

test('lost events: a release without press, a press without release, a button pressed twice', () => {
  const { presses, clicksMs, dragsMs } = tallyOf(
    [release(0), press(100), release(150), release(700)].concat(
      press(5000),
      press(9000),
      release(9070),
      press(9500, 0, 'Middle'),
    ),
  );
  assert.deepEqual([presses, clicksMs, dragsMs], [4, [50, 70], []]);
});

test('buttons held at the same time are kept apart', () => {
  const { clicksMs, right, middle } = tallyOf([
    press(0),
    press(100, 0, 'Right'),
    release(250),
    release(400, 0, 'Right'),
  ]);
  assert.deepEqual([clicksMs, right, middle], [[250, 300], 1, 0]);
});

test('a clock that goes backwards gives no rest and no double click', () => {
  const { settlesMs, doublesMs, clicksMs } = tallyOf([move(500), press(400), release(390), press(300)]);
  assert.deepEqual([settlesMs, doublesMs, clicksMs], [[], [], []]);
});
