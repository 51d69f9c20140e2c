// The figures are SciPy's: differences of scipy.stats.betabinom.logpmf(corrections, pairs, a, b), in which the number of orders
// that both sides have cancels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctionRatio } from './correction-habit.ts';

const prior = { share: 0.02, concentration: 100 };
const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);

test('a window of many corrections speaks for somebody who corrects often, one of none against him', () => {
  const often = { pairs: 1000, corrections: 60 };
  near(correctionRatio(prior, often, { pairs: 49, corrections: 4 }), 1.7803905319494184);
  near(correctionRatio(prior, often, { pairs: 49, corrections: 0 }), -1.9731602884560946);
});

test('nothing is said about an unknown person, nor about an empty window', () => {
  assert.equal(correctionRatio(prior, { pairs: 0, corrections: 0 }, { pairs: 49, corrections: 4 }), 0);
  assert.equal(correctionRatio(prior, { pairs: 900, corrections: 20 }, { pairs: 0, corrections: 0 }), 0);
});

test('a bad day does not count for more than the limit', () => {
  // SciPy: -103.5.
  assert.equal(correctionRatio(prior, { pairs: 5000, corrections: 5 }, { pairs: 200, corrections: 40 }), -4);
});
