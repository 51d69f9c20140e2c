// Numbers: NumPy, from the two-covariance formulas written out for one direction (owner: mean b / (b + 1/r) m, uncertainty
// b / (1 + r b), scatter (100 + n C) / (100 + n); r = T / 45 s, n = T / 15 s; scatter over strokes within a factor of two).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOUSE_79_FEATURES } from '../features/mouse-79.ts';
import type { MouseWindowPrior } from './mouse-prior.ts';
import { trainStrokes } from './train-strokes.ts';

const FEATURES = MOUSE_79_FEATURES.length;
const all = (value: number): number[] => Array.from({ length: FEATURES }, () => value);
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

const FIRST = [1.2, 1.5, 0.9, 1.8, -2.5, 1.1, 1.4, -1.9, 1.6, 1.3];
const STROKES = [10, 10, 5, 20, 10, 10, 40, 10, 10, 10];
const windows = FIRST.map((x, i) => {
  const vector = Float64Array.from(all(0));
  vector[0] = x;
  vector[1] = i < 5 ? 7 : Number.NaN;
  vector[2] = i < 6 ? i : Number.NaN;
  return { vector, strokes: STROKES[i] ?? 0 };
});

const close = (got: number | undefined, expected: number): void =>
  assert.ok(Math.abs((got ?? Number.NaN) - expected) < 1e-12, `${got} for ${expected}`);

test('the profile is made from all of them', () => {
  const { distance, enrolledS, owner } = trainStrokes(windows, prior).profile;
  assert.equal(enrolledS, 150);
  close(distance, 0.09525581395348838);
  close(owner.mean[0], 0.5953488372093023);
  close(owner.uncertainty[0], 0.27906976744186046);
  close(owner.within[0], 1.099309090909091);
});

test('usual values come from the windows that have the feature, six at least', () => {
  const { mean, sd } = trainStrokes(windows, prior).owner;
  close(mean[0], 0.64);
  close(sd[0], 1.4465130486794788);
  assert.deepEqual([mean[1], sd[1]], [0, 0], 'in five windows only');
  close(mean[2], 2.5);
  close(sd[2], Math.sqrt(35 / 12));
});
