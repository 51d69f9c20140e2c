// The figures are SciPy's: differences of scipy.stats.betabinom.logpmf(corrections, pairs, a, b), in which the number of orders
// that both sides have cancels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctionRatio } from './correction-habit.ts';
import { createRandom } from './random.ts';

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

test('counts of any size: as with a logarithm for each factor', () => {
  const rising = (x: number, times: number): number =>
    Array.from({ length: times }, (_, i) => Math.log(x + i)).reduce((sum, log) => sum + log, 0);
  const plain = (a: number, b: number, pairs: number, corrections: number): number =>
    rising(a, corrections) + rising(b, pairs - corrections) - rising(a + b, pairs);
  const random = createRandom(2);
  for (let i = 0; i < 300; i += 1) {
    const own = { pairs: 100 + random.int(20_000), corrections: random.int(100) };
    const window = { pairs: 40 + random.int(600), corrections: random.int(40) };
    const ratio =
      plain(2 + own.corrections, 98 + own.pairs - own.corrections, window.pairs, window.corrections) -
      plain(2, 98, window.pairs, window.corrections);
    near(correctionRatio(prior, own, window), Math.min(4, Math.max(-4, ratio)));
  }
});
