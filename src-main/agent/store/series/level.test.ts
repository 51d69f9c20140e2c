import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { levelOf, valueOf } from './level.ts';

test('a level is sign, exponent and eleven bits of a float32', () => {
  // IEEE 754: 1 is 0x3f800000, 1.5 is 0x3fc00000; without their last twelve bits.
  assert.deepEqual([0, -0, 1, 1.5, -1.5].map(levelOf), [0, 0, 0x3f800, 0x3fc00, -0x3fc00]);
  // 100 = 1.5625 x 2^6; a step there is 2^(6-11), so 100.01 is nearer to 100 and 100.02 to 100.03125.
  assert.deepEqual(
    [100, 100.01, 100.02, -100.02].map((value) => valueOf(levelOf(value))),
    [100, 100, 100.03125, -100.03125],
  );
});

test('levels keep the order of values, and are within 1/4096 of them', () => {
  const random = createRandom(3);
  const values = Array.from({ length: 5000 }, () => random.normal() * 10 ** (12 * random.uniform() - 3)).toSorted(
    (a, b) => a - b,
  );
  for (const [i, value] of values.entries()) {
    assert.ok(Math.abs(valueOf(levelOf(value)) - value) <= Math.abs(value) / 4096, String(value));
    assert.ok(i === 0 || levelOf(values[i - 1] ?? 0) <= levelOf(value), String(value));
  }
});

test('what no float32 can hold is held as the largest, and what is too small as nothing', () => {
  for (const value of [Infinity, 1e300, 3.4028235e38]) assert.ok(Number.isFinite(valueOf(levelOf(value))));
  assert.ok(valueOf(levelOf(-1e300)) < -3.3e38);
  assert.equal(valueOf(levelOf(1e-300)), 0);
});
