import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Accuracy, Measured } from '../src-preload/contract.ts';
import {
  basisSentence,
  doubtedSentence,
  equalSentence,
  errorText,
  passedSentence,
  percentOf,
} from './accuracy-words.ts';

const measured = (value: number, low: number, high: number): Measured => ({ value, low, high });
const accuracy: Accuracy = {
  ...{ window: '50 keystrokes', genuineTrials: 212, impostorTrials: 3000 },
  ...{ eer: measured(0.024, 0.015, 0.036), far: measured(0.004, 0.0009, 0.0131), frr: measured(0.0188, 0.01, 0.04) },
  det: [],
};

test('so many of a hundred, the interval rounded outwards', () => {
  assert.equal(doubtedSentence(accuracy), 'Of 100 stretches of 50 keystrokes of yours, 2 would be doubted (1 to 4).');
  assert.equal(equalSentence(accuracy), 'At the threshold where both are alike: 2 of 100 either way (1 to 4).');
});

test('of a thousand where one in a hundred is too coarse', () => {
  assert.equal(
    passedSentence(accuracy),
    'Of 1,000 such stretches of somebody else’s, 4 would pass for yours (0 to 14).',
  );
});

test('no error that was seen is not no error: how many there may be is said', () => {
  const none = { ...accuracy, frr: measured(0, 0, 0.083), far: measured(0, 0, 0.0012) };
  assert.equal(doubtedSentence(none), 'Of 100 stretches of 50 keystrokes of yours, none would be doubted (at most 9).');
  assert.match(passedSentence(none), /^Of 1,000 .*, none would pass for yours \(at most 2\)\.$/);
});

test('what it rests on', () => {
  assert.equal(
    basisSentence(accuracy),
    'Measured on 212 stretches of yours that it had not learned from, and 3,000 stretches of invented people.',
  );
  assert.match(basisSentence({ ...accuracy, genuineTrials: 1 }), /^Measured on 1 stretch of yours/);
});

test('errors in per cent, short', () => {
  assert.equal(errorText(accuracy.eer), '2 % (1 to 4 %)');
  assert.equal(errorText(measured(0.003, 0, 0.02)), 'under 1 % (0 to 2 %)');
  assert.equal(errorText(measured(0, 0, 0.02)), '0 % (0 to 2 %)');
  assert.deepEqual([0.001, 0.005, 0.0123, 0.4, 0].map(percentOf), ['0.1 %', '0.5 %', '1.2 %', '40 %', '0 %']);
});
