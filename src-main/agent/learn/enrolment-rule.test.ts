import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enrolmentProgress } from './enrolment-rule.ts';
import type { HeldOutWindow } from './held-out-accuracy.ts';

const BOUNDS = { least: 500, most: 2500 };

/** Windows of 4, of whose hundred others `above` in all lie above and the rest below: an error of `above` per cent. */
const windowsWith = (above: number, count = 10): HeldOutWindow[] =>
  Array.from({ length: count }, (_, i) => ({
    learned: 500,
    genuine: 4,
    impostors: Array.from({ length: 100 / count }, (_one, j) => ((i * 100) / count + j < above ? 20 : -20)),
  }));

test('an error of 1 % is low enough after 500 keystrokes, 2 % after 1000', () => {
  // The checkpoint before lacks the last window: nine tenths of the others, so 1 of 90 is 1.1 % and asks for 556.
  assert.deepEqual(enrolmentProgress(500, windowsWith(0), BOUNDS), { complete: true, need: 500 });
  assert.deepEqual(enrolmentProgress(500, windowsWith(1), BOUNDS), { complete: false, need: 556 });
  assert.deepEqual(enrolmentProgress(560, windowsWith(1), BOUNDS), { complete: true, need: 560 });
  // 2 of 90: 2.2 %.
  assert.deepEqual(enrolmentProgress(700, windowsWith(2), BOUNDS), { complete: false, need: 1111 });
  assert.equal(enrolmentProgress(1112, windowsWith(2), BOUNDS).complete, true);
});

test('never before the least, at the latest with the most', () => {
  assert.deepEqual(enrolmentProgress(499, windowsWith(0), BOUNDS), { complete: false, need: 500 });
  assert.deepEqual(enrolmentProgress(900, windowsWith(50), BOUNDS), { complete: false, need: 2500 });
  assert.equal(enrolmentProgress(2500, windowsWith(50), BOUNDS).complete, true);
});

test('while nothing is measured what is usual is expected, and not taken for known', () => {
  assert.deepEqual(enrolmentProgress(100, [], BOUNDS), { complete: false, need: 900 });
  assert.deepEqual(enrolmentProgress(600, windowsWith(0, 2), BOUNDS), { complete: false, need: 900 });
});

test('a number that is asked for is asked for, whatever is measured', () => {
  const fixed = { least: 300, most: 300 };
  assert.deepEqual(enrolmentProgress(299, windowsWith(0), fixed), { complete: false, need: 300 });
  assert.deepEqual(enrolmentProgress(300, [], fixed), { complete: true, need: 300 });
});
