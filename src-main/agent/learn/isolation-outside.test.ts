import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventTable } from './invented-table.ts';
import { isolationScore, trainIsolationForest, type IsolationForest } from './isolation-forest.ts';
import { outsideScore } from './isolation-outside.ts';

/** One tree: x ≤ 4 of rows from 0 to 10; below it a leaf of two rows, above it x ≤ 8 of rows from 5 to 10. */
const TREE: IsolationForest = {
  d: 1,
  samples: 5,
  roots: Int32Array.of(0),
  feature: Int32Array.of(0, -1, 0, -1, -1),
  threshold: Float32Array.of(4, 0, 8, 0, 0),
  below: Int32Array.of(1, -1, 3, -1, -1),
  above: Int32Array.of(2, -1, 4, -1, -1),
  pathLength: Float32Array.of(0, 2, 0, 3, 2),
  low: Float32Array.of(0, 0, 5, 0, 0),
  high: Float32Array.of(10, 0, 10, 0, 0),
};
/** c(5), see isolation-forest.test.ts. */
const USUAL_PATH = 2.3270201;

test('inside of every range it is the score of the paper', () => {
  for (const x of [0, 3, 5, 10])
    assert.equal(outsideScore(TREE, Float32Array.of(x)), isolationScore(TREE, Float32Array.of(x)));
  // So few rows that every tree has seen all of them: none lies outside of a node that it comes to.
  const { rows, n, d } = inventTable(200, 4, 1);
  const forest = trainIsolationForest({ rows, n, d, seed: 1 });
  for (let i = 0; i < n; i += 1) {
    const row = rows.subarray(i * d, (i + 1) * d);
    assert.ok(Math.abs(outsideScore(forest, row) - isolationScore(forest, row)) < 1e-9, `row ${i}`);
  }
});

test('outside it may be isolated on the way, by hand', () => {
  // 15 lies 5 beyond [0, 10]: isolated at the root, depth 0, with 5/15. Else at depth 1, 5 beyond [5, 10], with 5/10; else the leaf, 2.
  // 1/3 · 0 + 2/3 (1/2 · 1 + 1/2 · 2) = 1.
  const expected = 2 ** (-1 / USUAL_PATH);
  assert.ok(Math.abs(outsideScore(TREE, Float32Array.of(15)) - expected) < 1e-6);
  assert.ok(outsideScore(TREE, Float32Array.of(1e6)) > 0.999);
});

test('the further outside the higher, where the score of the paper stands still', () => {
  const { rows, n, d } = inventTable(2000, 4, 2);
  const forest = trainIsolationForest({ rows, n, d, seed: 1 });
  const at = (x: number): Float32Array => new Float32Array(d).fill(x);
  assert.equal(isolationScore(forest, at(5)), isolationScore(forest, at(500)));
  // The middle of all rows, their utmost corner, and beyond.
  const scores = [0, 2, 5, 50, 500].map((x) => outsideScore(forest, at(x)));
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => a - b),
  );
  assert.ok((scores[4] ?? 0) > 0.99 && (scores[0] ?? 1) < 0.5, scores.join());
  assert.throws(() => outsideScore(forest, at(1).subarray(1)), /reads 4 features, not 3/);
});
