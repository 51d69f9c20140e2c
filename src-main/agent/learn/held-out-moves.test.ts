// Numbers: NumPy, from the two-covariance formulas written out for one direction, as in train-strokes.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import { heldOutMoves } from './held-out-moves.ts';
import type { MouseWindowPrior } from './mouse-prior.ts';
import { createRandom } from './random.ts';

const all = (value: number): number[] => Array.from({ length: MOUSE_79_FEATURES.length }, () => value);
const prior: MouseWindowPrior = {
  seconds: 15,
  windows: 100,
  typicalStrokes: 10,
  mean: all(0),
  sd: all(1),
  centre: all(0),
  directions: [[1, ...all(0).slice(1)]],
  between: [4],
  usualDistance: 2,
  calibration: { slope: 0.5, intercept: 0.1, measured: '' },
};
const STROKES = [10, 10, 5, 20, 10, 10, 40, 10, 10, 10];
const windowsOf = (values: readonly number[]) =>
  values.map((x, i) => ({ vector: Float64Array.from([x, ...all(0).slice(1)]), strokes: STROKES[i % 10] ?? 0 }));
const windows = windowsOf([1.2, 1.5, 0.9, 1.8, -2.5, 1.1, 1.4, -1.9, 1.6, 1.3]);

test('each window is scored by a profile of those before it, without the one just before', () => {
  const heldOut = [...heldOutMoves(windows, prior, createRandom(1))];
  // Profiles of 3, 4, 5, 5, 7 and 7 windows.
  assert.deepEqual(
    heldOut.map(({ learned }) => learned),
    [25, 45, 55, 55, 105, 105],
  );
  const expected = [-1.0166588227, 0.4455457894, 0.3813424259, -0.3414643326, 0.3973291004, 0.4321205917];
  for (const [i, { genuine }] of heldOut.entries())
    assert.ok(Math.abs(genuine - (expected[i] ?? 0)) < 1e-9, `${genuine} for ${expected[i]}`);
  assert.ok(heldOut.every(({ impostors }) => impostors.length === 10));
});

test('what comes later changes nothing of what came before', () => {
  const [first] = heldOutMoves(windows, prior, createRandom(1));
  const [again] = heldOutMoves(windows.slice(0, 5), prior, createRandom(1));
  assert.deepEqual(again, first);
  assert.deepEqual([...heldOutMoves(windows.slice(0, 4), prior, createRandom(1))], []);
});

test('invented people lie around the population as far as the prior says', () => {
  // An owner two standard deviations of people out has fewer of them near than one in their middle.
  const far = windowsOf(Array.from({ length: 60 }, () => 3.9));
  const others = [...heldOutMoves(far, prior, createRandom(2))].flatMap(({ impostors }) => impostors);
  const near = windowsOf(Array.from({ length: 60 }, () => 0));
  const like = [...heldOutMoves(near, prior, createRandom(2))].flatMap(({ impostors }) => impostors);
  const accepted = (scores: readonly number[]): number => scores.filter((x) => x >= 0).length / scores.length;
  assert.ok(accepted(like) > accepted(others) + 0.1, `${accepted(like)} against ${accepted(others)}`);
  assert.ok(accepted(others) > 0.01 && accepted(others) < 0.35, String(accepted(others)));
});
