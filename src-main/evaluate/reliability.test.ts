import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { reliabilityOf } from './reliability.ts';

/** Said to be the owner with 75 % and 25 %; with 90 % and 10 %. */
const [P75, P25] = [Math.log(3), -Math.log(3)];
const [P90, P10] = [Math.log(9), -Math.log(9)];

const times = (count: number, ratio: number): number[] => Array.from({ length: count }, () => ratio);
/** A genuine trial weighs 1/8, an impostor's 1/16: of `high`, 3/8 and 1/8 are there, of `low`, 1/8 and 3/8. */
const subject = (high: number, low: number) => ({
  genuine: Float64Array.from([...times(3, high), low]),
  impostor: Float64Array.from([...times(2, high), ...times(6, low)]),
});
const found = (...trials: Parameters<typeof reliabilityOf>[0]) => reliabilityOf(trials, createRandom(1));
const close = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-12, `${actual} is not ${expected}`);

test('what is as likely as it was said to be is off by nothing', () => {
  const { bins, calibrationError } = found(subject(P75, P25));
  close(calibrationError, 0);
  assert.deepEqual(
    bins.map(({ from, to, trials, genuineTrials }) => [from, to, trials, genuineTrials]),
    [
      [-2, -1, 7, 1],
      [1, 2, 5, 3],
    ],
  );
  for (const [i, share] of [0.25, 0.75].entries()) {
    close(bins[i]?.observed, share);
    close(bins[i]?.meanPredicted, share);
  }
});

test('who says 90 % where it is 75 % is off by 15 %', () => {
  const { bins, calibrationError } = found(subject(P90, P10));
  close(calibrationError, 0.15);
  assert.deepEqual(
    bins.map(({ from, to }) => [from, to]),
    [
      [-3, -2],
      [2, 3],
    ],
  );
  close(bins[1]?.meanPredicted, 0.9);
  close(bins[1]?.observed, 0.75);
});

test('outside of all bounds, and on one of them', () => {
  const { bins, calibrationError } = found({ genuine: Float64Array.of(0, 50), impostor: Float64Array.of(-50, -50) });
  assert.deepEqual(
    bins.map(({ from, to, observed, trials }) => [from, to, observed, trials]),
    [
      [null, -6, 0, 2],
      [0, 1, 1, 1],
      [6, null, 1, 1],
    ],
  );
  // A quarter of the weight was said to be one half and was the owner.
  close(calibrationError, 0.25 * 0.5);
});

test('intervals come from drawing whole subjects', () => {
  const alike = found(subject(P90, P10), subject(P90, P10), subject(P90, P10));
  for (const bound of alike.calibrationErrorInterval) close(bound, 0.15);
  // One is sure and right, the other sure and wrong. Drawn with repetition, two of one kind come in half of all draws.
  const right = { genuine: Float64Array.of(P90), impostor: Float64Array.of(P10) };
  const wrong = { genuine: Float64Array.of(P10), impostor: Float64Array.of(P90) };
  const { bins, calibrationErrorInterval } = found(right, wrong);
  assert.deepEqual(bins[1]?.observedInterval, [0, 1]);
  close(calibrationErrorInterval[0], 0.1);
  close(calibrationErrorInterval[1], 0.9);
});

test('a draw without one side says nothing and is left out', () => {
  const one = { genuine: Float64Array.of(P90), impostor: new Float64Array() };
  const other = { genuine: new Float64Array(), impostor: Float64Array.of(P10) };
  const { calibrationErrorInterval } = found(one, other);
  for (const bound of calibrationErrorInterval) close(bound, 0.1);
});
