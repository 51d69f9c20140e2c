import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { createSortedWindow } from './sorted-window.ts';

test('quantiles of the last points: numpy.quantile of the same lists', () => {
  const window = createSortedWindow(4);
  assert.equal(window.quantile(0.5), 0);
  const seen: number[][] = [];
  const rounded = (q: number): number => Number(q.toFixed(9));
  for (const x of [5, 1, 9, 1, 7]) {
    window.push(x);
    seen.push([0, 0.16, 0.5, 0.84, 1].map((share) => rounded(window.quantile(share))));
  }
  assert.deepEqual(seen[0], [5, 5, 5, 5, 5]);
  assert.deepEqual(seen[1], [1, 1.64, 3, 4.36, 5]);
  // numpy.quantile([1, 1, 7, 9], [0, .16, .5, .84, 1])
  assert.deepEqual(seen[4], [1, 1, 4, 8.04, 9]);
});

test('after thousands of points it still holds the last ones, equal values included', () => {
  const random = createRandom(1);
  const window = createSortedWindow(50);
  const all: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const x = random.int(20) / 4;
    all.push(x);
    window.push(x);
    if (i % 97 !== 0) continue;
    const last = all.slice(-50).toSorted((a, b) => a - b);
    assert.equal(window.count(), last.length);
    for (const [k, x] of last.entries())
      assert.ok(Math.abs(window.quantile(k / Math.max(1, last.length - 1)) - x) < 1e-9);
  }
});
