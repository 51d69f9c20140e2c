import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quickNormals } from './quick-normals.ts';
import { createRandom } from './random.ts';

test('normal draws at once are those that come one by one, by the logarithm, sine and cosine of the engine', () => {
  for (const seed of [0, 1, 42, 2 ** 32 - 1, 2 ** 40 + 7]) {
    const { normal } = createRandom(seed);
    for (const [i, drawn] of quickNormals(seed, new Float64Array(40_001)).entries()) {
      const wanted = normal();
      assert.ok(Math.abs(drawn - wanted) < 1e-14, `draw ${i} of seed ${seed}: ${drawn}, not ${wanted}`);
    }
  }
});

test('a draw without a partner, and none at all', () => {
  // As in random.test.ts, in Python.
  const [first, ...others] = quickNormals(42, new Float64Array(1));
  assert.ok(Math.abs((first ?? NaN) - -0.7996212637643689) < 1e-12);
  assert.deepEqual(others, []);
  assert.equal(quickNormals(42, new Float64Array(0)).length, 0);
});
