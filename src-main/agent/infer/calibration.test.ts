import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrated, logOdds } from './calibration.ts';

const calibration = { kind: 'logistic', slope: 6, intercept: -3, center: -1, scale: 2 } as const;
const settings = { cap: [-8, 3], fullEvents: 50 } as const;

test('the ratio follows the line, worked out by hand', () => {
  // z = (0.5 + 1) / 2 = .75, LLR = 6 * .75 - 3 = 1.5
  assert.equal(calibrated(calibration, 0.5, 50, settings), 1.5);
});

test('fewer events than a full window prove in proportion less, more prove no more', () => {
  assert.equal(calibrated(calibration, 0.5, 25, settings), 0.75);
  assert.equal(calibrated(calibration, 0.5, 500, settings), 1.5);
});

test('no window exceeds the cap, before it shrinks', () => {
  assert.equal(calibrated(calibration, 100, 50, settings), 3);
  assert.equal(calibrated(calibration, -100, 25, settings), -4);
});

test('log-odds of a share of votes stay finite', () => {
  assert.equal(logOdds(0.5), 0);
  assert.ok(Math.abs(logOdds(1) - Math.log(99)) < 1e-12);
  assert.ok(Math.abs(logOdds(0) + Math.log(99)) < 1e-12);
});
