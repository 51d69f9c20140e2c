// The isolation forest against the paper's own figures, hand-made trees, scikit-learn and onnxruntime.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { INVENT_TABLE_IN_PYTHON, inventTable } from './invented-table.ts';
import type { IsolationForest } from './isolation-forest.ts';
import { averagePathLength, isolationScore, scoreOfPath, trainIsolationForest } from './isolation-forest.ts';
import { isolationForestToOnnx } from './onnx-forest.ts';
import { meanOfLeaves } from './trees.ts';

// Debian's Python, where its package puts scikit-learn; another python3 on the PATH need not have it.
const PYTHON = '/usr/bin/python3';
const hasSklearn = spawnSync(PYTHON, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0;
const skip = hasSklearn ? false : `${PYTHON} has no scikit-learn (package python3-sklearn)`;

const rowsOf = (rows: Float32Array, d: number) =>
  Array.from({ length: rows.length / d }, (_, i) => rows.subarray(i * d, (i + 1) * d));

function python<T>(script: string): T {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-'], {
    input: `import json\n${INVENT_TABLE_IN_PYTHON}\nfrom sklearn.ensemble import IsolationForest\n${script}`,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

test('c(n), by hand', () => {
  assert.deepEqual([0, 1, 2].map(averagePathLength), [0, 0, 1]);
  // H(4) is estimated by ln 4 + γ: 2 (1.3862944 + 0.5772157) - 2 · 4/5.
  assert.ok(Math.abs(averagePathLength(5) - 2.3270201) < 1e-6);
  // The paper's figure for ψ = 256 is c ≈ 10.24.
  assert.ok(Math.abs(averagePathLength(256) - 10.24) < 0.01);
});

/** Tree 0 asks x₀ ≤ 1, then above it x₁ ≤ 4; tree 1 is a leaf that holds all five rows. Leaves hold 1, 2 and 2 rows. */
const BY_HAND: IsolationForest = {
  d: 2,
  samples: 5,
  roots: Int32Array.of(0, 5),
  feature: Int32Array.of(0, -1, 1, -1, -1, -1),
  threshold: Float32Array.of(1, 0, 4, 0, 0, 0),
  below: Int32Array.of(1, -1, 3, -1, -1, -1),
  above: Int32Array.of(2, -1, 4, -1, -1, -1),
  pathLength: Float32Array.of(0, 1, 0, 3, 3, 2.3270201),
  low: Float32Array.of(0, 0, 2, 0, 0, 0),
  high: Float32Array.of(4, 0, 6, 0, 0, 0),
};

test('scores of two trees, by hand', () => {
  // (1 + 2.3270201) / 2 = 1.6635101 cuts of an expected 2.3270201: 2^-0.7148670 = 0.609261.
  assert.ok(Math.abs(isolationScore(BY_HAND, Float32Array.of(1, 9)) - 0.609261) < 1e-5);
  // (3 + 2.3270201) / 2 = 2.6635101: 2^-1.1446012 = 0.452315.
  assert.ok(Math.abs(isolationScore(BY_HAND, Float32Array.of(2, 4)) - 0.452315) < 1e-5);
  assert.equal(isolationScore(BY_HAND, Float32Array.of(NaN, NaN)), isolationScore(BY_HAND, Float32Array.of(2, 5)));
  assert.throws(() => isolationScore(BY_HAND, Float32Array.of(1)), /reads 2 features, not 1/);
});

test('one row, equal rows, and a column that never varies', () => {
  const one = trainIsolationForest({ rows: Float32Array.of(3), n: 1, d: 1, seed: 1 });
  assert.equal(isolationScore(one, Float32Array.of(99)), 0.5);
  const flat = trainIsolationForest({ rows: new Float32Array(100).fill(7), n: 50, d: 2, seed: 1 });
  assert.ok(Math.abs(isolationScore(flat, Float32Array.of(99, 0)) - 0.5) < 1e-7);
  const rows = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? i : 7));
  const half = trainIsolationForest({ rows, n: 100, d: 2, seed: 1 });
  assert.deepEqual([...new Set(half.feature)].toSorted(), [-1, 0], 'the flat column is never cut');
});

test('every tree is grown from ψ rows to a height of log2 ψ, and its cuts lie between its rows', () => {
  const { rows, n, d } = inventTable(1000, 4, 3);
  const forest = trainIsolationForest({ rows, n, d, trees: 20, samples: 64, seed: 5 });
  assert.equal(forest.roots.length, 20);
  assert.equal(forest.samples, 64);
  for (const root of forest.roots) {
    const open = [{ node: root, depth: 0 }];
    let deepest = 0;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      deepest = Math.max(deepest, next.depth);
      if ((forest.feature[next.node] ?? -1) < 0) continue;
      open.push({ node: forest.below[next.node] ?? -1, depth: next.depth + 1 });
      open.push({ node: forest.above[next.node] ?? -1, depth: next.depth + 1 });
    }
    assert.equal(deepest, 6);
  }
  assert.deepEqual(trainIsolationForest({ rows, n, d, trees: 20, samples: 64, seed: 5 }), forest);
  assert.notDeepEqual(trainIsolationForest({ rows, n, d, trees: 20, samples: 64, seed: 6 }), forest);
});

test('what lies apart scores high, what lies among the rest does not', () => {
  const { rows, n, d } = inventTable(2000, 5, 7);
  const forest = trainIsolationForest({ rows, n, d, seed: 1 });
  assert.ok(isolationScore(forest, new Float32Array(d)) < 0.45);
  assert.ok(isolationScore(forest, new Float32Array(d).fill(4)) > 0.7);
});

test('what cannot be learned from is refused', () => {
  const task = { rows: Float32Array.of(1, 2), n: 2, d: 1, seed: 1 };
  assert.throws(() => trainIsolationForest({ ...task, rows: Float32Array.of(1, NaN) }), /row 1 is NaN/);
  assert.throws(() => trainIsolationForest({ ...task, n: 3 }), /2$/);
  assert.throws(() => trainIsolationForest({ ...task, trees: 0 }), /of 1 or more/);
});

interface TheirTree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly below: number[];
  readonly above: number[];
  readonly rows: number[];
}

/** Their thresholds are float64: the next float32 below sends every float32 the same way. */
function floor32(x: number): number {
  const near = Math.fround(x);
  if (near <= x) return near;
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0] = (bits[0] as number) + (near > 0 ? -1 : 1);
  return new Float32Array(bits.buffer)[0] as number;
}

function forestOf(trees: readonly TheirTree[], d: number, samples: number): IsolationForest {
  const all = { roots: [0], feature: [0], threshold: [0], below: [0], above: [0], pathLength: [0] };
  for (const list of Object.values(all)) list.pop();
  for (const tree of trees) {
    const from = all.feature.length;
    all.roots.push(from);
    const depth = tree.feature.map(() => 0);
    tree.feature.forEach((feature, i) => {
      const [below, above] = [tree.below[i] ?? -1, tree.above[i] ?? -1];
      if (feature >= 0) depth[below] = depth[above] = (depth[i] ?? NaN) + 1;
      all.feature.push(Math.max(feature, -1));
      all.threshold.push(feature < 0 ? 0 : floor32(tree.threshold[i] ?? NaN));
      all.below.push(from + below);
      all.above.push(from + above);
      all.pathLength.push((depth[i] ?? NaN) + averagePathLength(tree.rows[i] ?? NaN));
    });
  }
  const { roots, feature, threshold, below, above, pathLength } = all;
  return {
    d,
    samples,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(feature),
    threshold: Float32Array.from(threshold),
    below: Int32Array.from(below),
    above: Int32Array.from(above),
    pathLength: Float32Array.from(pathLength),
    low: new Float32Array(feature.length),
    high: new Float32Array(feature.length),
  };
}

test('the trees of scikit-learn score as they do there', { skip }, () => {
  const d = 6;
  const { trees, scores } = python<{ trees: TheirTree[]; scores: number[] }>(`
X, _ = table(1500, ${d}, 51); T, _ = table(300, ${d}, 52); T[::5] *= 3
forest = IsolationForest(n_estimators=40, max_samples=200, random_state=1).fit(X)
trees = [e.tree_ for e in forest.estimators_]
print(json.dumps({"scores": (-forest.score_samples(T)).tolist(), "trees": [{
  "feature": t.feature.tolist(), "threshold": t.threshold.tolist(), "below": t.children_left.tolist(),
  "above": t.children_right.tolist(), "rows": t.n_node_samples.tolist()} for t in trees]}))`);
  const forest = forestOf(trees, d, 200);
  const tried = inventTable(300, d, 52).rows.map((x, i) => (Math.floor(i / d) % 5 === 0 ? 3 * x : x));
  rowsOf(tried, d).forEach((row, i) => {
    const mine = isolationScore(forest, row);
    assert.ok(Math.abs(mine - (scores[i] ?? NaN)) < 1e-6, `row ${i}: ${mine}, scikit-learn ${scores[i]}`);
  });
});

test('a forest differs from one of scikit-learn no more than two of theirs from each other', { skip }, () => {
  const d = 6;
  const theirs = python<number[][]>(`
X, _ = table(1500, ${d}, 61); T, _ = table(300, ${d}, 62); T[::5] *= 3
print(json.dumps([(-IsolationForest(n_estimators=100, random_state=s).fit(X).score_samples(T)).tolist() for s in range(4)]))`);
  const { rows, n } = inventTable(1500, d, 61);
  const forest = trainIsolationForest({ rows, n, d, seed: 2 });
  const tried = inventTable(300, d, 62).rows.map((x, i) => (Math.floor(i / d) % 5 === 0 ? 3 * x : x));
  const mine = rowsOf(tried, d).map((row) => isolationScore(forest, row));
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.sqrt(a.reduce((sum, x, i) => sum + (x - (b[i] ?? NaN)) ** 2, 0) / a.length);
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const among = mean(theirs.flatMap((a, i) => theirs.slice(i + 1).map((b) => distance(a, b))));
  const between = mean(theirs.map((other) => distance(mine, other)));
  assert.ok(between < 1.15 * among, `${between} against ${among}`);
});

test('onnxruntime answers the average path length', async () => {
  const { rows, n, d } = inventTable(600, 8, 71);
  for (const forest of [trainIsolationForest({ rows, n, d, seed: 1 }), BY_HAND]) {
    const width = forest.d;
    const tried = inventTable(100, 8, 72).rows.map((x, i) => (i % 9 === 0 ? NaN : 2 * x));
    const bytes = isolationForestToOnnx(forest);
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    const answer = await session.run({ features: new Tensor('float32', tried, [tried.length / width, width]) });
    await session.release();
    const paths = answer['score']?.data;
    assert.ok(paths instanceof Float32Array);
    rowsOf(tried, width).forEach((row, i) => {
      const path = paths[i] ?? NaN;
      assert.ok(Math.abs(path - meanOfLeaves(forest, forest.pathLength, row)) < 1e-4, `row ${i}`);
      assert.ok(Math.abs(scoreOfPath(forest.samples, path) - isolationScore(forest, row)) < 1e-5, `row ${i}`);
    });
  }
});
