import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FALL_BOUND, fallenBy } from './drift-watch.ts';
import { createRandom } from './random.ts';

const level = { mean: 4, sd: 2 };

test('what lies more than half a standard deviation below the level adds up', () => {
  // 1 is 1.5 below in standard deviations: 1 each time. 4 is the level itself: half a one back.
  assert.equal(fallenBy(0, 1, level), 1);
  assert.equal(fallenBy(1, 1, level), 2);
  assert.equal(fallenBy(2, 4, level), 1.5);
  assert.equal(fallenBy(0.2, 4, level), 0, 'never below nothing');
  assert.equal(fallenBy(0, 3, level), 0, 'half a standard deviation is no fall');
});

/** Windows until the bound is passed. */
function runLength(random: ReturnType<typeof createRandom>, fall: number): number {
  let [windows, fallen] = [0, 0];
  while (fallen <= FALL_BOUND) {
    fallen = fallenBy(fallen, random.normal() - fall, { mean: 0, sd: 1 });
    windows += 1;
  }
  return windows;
}

test('an owner who stays as he is is taken for a changed one once in some 930 windows, a changed one after ten', () => {
  const random = createRandom(1);
  const meanOf = (runs: number, fall: number): number =>
    Array.from({ length: runs }, () => runLength(random, fall)).reduce((sum, x) => sum + x, 0) / runs;
  // Montgomery's tables, k = 1/2, h = 5: 930 (465 for both sides), and 10.4 after a shift of one standard deviation.
  const [stays, changed] = [meanOf(400, 0), meanOf(1000, 1)];
  assert.ok(stays > 790 && stays < 1090, String(stays));
  assert.ok(Math.abs(changed - 10.4) < 0.5, String(changed));
});
