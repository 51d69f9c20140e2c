import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from './random.ts';

// Outputs 13 to 17 of sfc32 written anew with Python's integers from the description in PractRand's RNGs/sfc.h.
const SEED_42 = [1264412219, 1947509147, 3919439299, 1251167922, 656401615];
const SEED_ABOVE_32_BITS = [1614752920, 2544231158, 2841167337, 645591171, 505385652];

test('uniform draws are those of sfc32, for seeds of up to 53 bits', () => {
  const low = createRandom(42);
  assert.deepEqual(
    SEED_42.map(() => low.uniform() * 2 ** 32),
    SEED_42,
  );
  const high = createRandom(2 ** 40 + 7);
  assert.deepEqual(
    SEED_ABOVE_32_BITS.map(() => high.uniform() * 2 ** 32),
    SEED_ABOVE_32_BITS,
  );
});

test('normal draws are Box and Muller of two uniform draws', () => {
  const { normal } = createRandom(42);
  // By hand: u = 1264412219 / 2^32, v = 1947509147 / 2^32, sqrt(-2 ln(1 - u)) times cos 2πv and sin 2πv, in Python.
  const expected = [-0.7996212637643689, 0.24083630028318823];
  for (const value of expected) assert.ok(Math.abs(normal() - value) < 1e-12);
});

test('normal draws have the moments and tails of the normal distribution', () => {
  const { normal } = createRandom(1);
  const draws = Array.from({ length: 100_000 }, normal);
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
  const beyond2 = draws.filter((x) => Math.abs(x) > 2).length / draws.length;
  // Four standard errors each: 1 / √n, √(2 / n), and that of a share of 0.0455 (normal table).
  assert.ok(Math.abs(mean) < 0.0127);
  assert.ok(Math.abs(variance - 1) < 0.0179);
  assert.ok(Math.abs(beyond2 - 0.0455) < 0.0027);
});

test('whole draws fill their range evenly', () => {
  const { int } = createRandom(3);
  const times = [0, 0, 0, 0, 0];
  for (let k = 0; k < 10_000; k++) {
    const drawn = int(5);
    times[drawn] = (times[drawn] ?? Number.NaN) + 1;
  }
  assert.equal(times.length, 5);
  // Chi-squared with 4 degrees of freedom exceeds 18.47 once in a thousand.
  assert.ok(times.reduce((sum, t) => sum + (t - 2000) ** 2 / 2000, 0) < 18.47);
});

test('a seed that is no whole number from 0 on is refused', () => {
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) assert.throws(() => createRandom(seed), RangeError);
});
