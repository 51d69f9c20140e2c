import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventTable } from './invented-table.ts';
import type { Forest, ForestTask } from './random-forest.ts';
import { forestProbability, trainForest } from './random-forest.ts';

/** One tree on every row, looking at every feature: nothing is left to chance. */
const plainTree = (task: Pick<ForestTask, 'rows' | 'n' | 'd' | 'labels'> & Partial<ForestTask>): Promise<Forest> =>
  trainForest({ trees: 1, mtry: task.d, minLeaf: 1, bootstrap: false, seed: 0, ...task });

const probabilities = (forest: Forest, rows: Float32Array) =>
  Array.from({ length: rows.length / forest.d }, (_, i) =>
    forestProbability(forest, rows.subarray(i * forest.d, (i + 1) * forest.d)),
  );

test('a tree worked out by hand', async () => {
  // Labels 0 0 1 1 1 0 along one feature. Gains of the five cuts: 3.6, 4.5, 3.33, 3, 3.6, so 2.5 comes first; of 1 1 1
  // 0 above it the cuts give 2.67, 3 and 4, so 5.5 comes next, and every leaf is pure.
  const forest = await plainTree({
    rows: Float32Array.of(1, 2, 3, 4, 5, 6),
    n: 6,
    d: 1,
    labels: Uint8Array.of(0, 0, 1, 1, 1, 0),
  });
  assert.deepEqual([...forest.roots], [0]);
  assert.deepEqual([...forest.feature], [0, -1, 0, -1, -1]);
  assert.deepEqual([...forest.threshold], [2.5, 0, 5.5, 0, 0]);
  assert.deepEqual([...forest.share], [0.5, 0, 0.75, 1, 0]);
  assert.deepEqual(probabilities(forest, Float32Array.of(-9, 2.5, 2.6, 5.5, 5.6, NaN)), [0, 0, 1, 1, 0, 0]);
});

test('each side of a split keeps the smallest number of rows', async () => {
  // With two rows a side the second cut of the tree above is not allowed; of 3 | 4 5 6 and so on only 4 | 5 is.
  const forest = await plainTree({
    rows: Float32Array.of(1, 2, 3, 4, 5, 6),
    n: 6,
    d: 1,
    labels: Uint8Array.of(0, 0, 1, 1, 1, 0),
    minLeaf: 2,
  });
  assert.deepEqual([...forest.threshold], [2.5, 0, 4.5, 0, 0]);
  assert.deepEqual([...forest.share], [0.5, 0, 0.75, 1, 0.5]);
});

test('the best of several features is chosen, and one that is constant is passed over', async () => {
  const rows = Float32Array.of(5, 1, 7, 5, 2, 8, 5, 1, 9, 5, 2, 10);
  const forest = await plainTree({ rows, n: 4, d: 3, labels: Uint8Array.of(0, 0, 1, 1), mtry: 1 });
  assert.ok(forest.feature.every((feature) => feature !== 0));
  assert.deepEqual(probabilities(forest, rows), [0, 0, 1, 1]);
  const best = await plainTree({ rows, n: 4, d: 3, labels: Uint8Array.of(0, 0, 1, 1) });
  assert.deepEqual([...best.feature], [2, -1, -1]);
  assert.equal(best.threshold[0], 8.5);
});

test('a threshold between neighbouring float32 numbers still separates them', async () => {
  // 1 + 2^-23 is the float32 after 1: halfway rounds to even, which is 1; and one further, to 1 + 2^-22, which is too
  // high.
  const ulp = 2 ** -23;
  for (const [low, high] of [
    [1, 1 + ulp],
    [1 + ulp, 1 + 2 * ulp],
  ] as const) {
    const forest = await plainTree({ rows: Float32Array.of(low, high), n: 2, d: 1, labels: Uint8Array.of(0, 1) });
    assert.equal(forest.threshold[0], low);
    assert.deepEqual(probabilities(forest, Float32Array.of(low, high)), [0, 1]);
  }
});

test('balanced classes weigh the same: leaf shares by hand', async () => {
  // 3 rows of class 0, 1 of class 1, no way to tell them apart: 1/4 by count, 1/2 by weight 4/6 and 4/2.
  const task = { rows: Float32Array.of(1, 1, 1, 1), n: 4, d: 1, labels: Uint8Array.of(0, 1, 0, 0) };
  assert.deepEqual([...(await plainTree(task)).share], [0.25]);
  assert.deepEqual([...(await plainTree({ ...task, balanced: true })).share], [0.5]);
});

// scikit-learn 1.2.1, RandomForestClassifier(50, min_samples_leaf=5, max_features=3), random_state 0 to 19, trained on
// inventTable(800, 12, 1) and tried on inventTable(800, 12, 2): mean and standard deviation over the twenty forests.
const SKLEARN = { accuracy: [0.8311, 0.0039], auc: [0.917, 0.0029], nodes: [4852.5, 91] } as const;

test('accuracy, AUC and size are those of scikit-learn', async () => {
  const seen = inventTable(800, 12, 1);
  const unseen = inventTable(800, 12, 2);
  const forest = await trainForest({ ...seen, mtry: 3, seed: 5 });
  const p = probabilities(forest, unseen.rows);
  const accuracy = p.filter((value, i) => Number(value > 0.5) === unseen.labels[i]).length / unseen.n;
  const figures = { accuracy, auc: areaUnderCurve(p, unseen.labels), nodes: forest.feature.length };
  for (const name of ['accuracy', 'auc', 'nodes'] as const) {
    const [mean, sd] = SKLEARN[name];
    assert.ok(Math.abs(figures[name] - mean) < 4 * sd, `${name} ${figures[name]}, scikit-learn ${mean} ± ${sd}`);
  }
});

// P(class 1) of the first twelve rows of inventTable(12, 12, 2) by 4000 trees of scikit-learn, otherwise as above; then
// trained on the 506 rows of class 0 or among the first 200 (104 of them class 1), without and with
// class_weight='balanced'.
const SKLEARN_P = [0.2382, 0.1691, 0.7415, 0.7771, 0.3605, 0.1158, 0.8422, 0.2488, 0.4031, 0.4208, 0.1215, 0.427];
const SKLEARN_UNEVEN = [0.1043, 0.0956, 0.3133, 0.5012, 0.2837, 0.0414, 0.6677, 0.1402, 0.0896, 0.2562, 0.1287, 0.2088];
const SKLEARN_BALANCED = [0.1391, 0.1212, 0.5735, 0.5595, 0.4107, 0.0579, 0.744, 0.1722, 0.1464, 0.3603, 0.1391, 0.405];

test('probabilities of single rows are those of scikit-learn', async () => {
  const seen = inventTable(800, 12, 1);
  const kept = [...seen.labels.keys()].filter((i) => seen.labels[i] === 0 || i < 200);
  assert.equal(kept.length, 506);
  const uneven = {
    rows: Float32Array.from(kept.flatMap((i) => [...seen.rows.subarray(i * 12, (i + 1) * 12)])),
    n: kept.length,
    d: 12,
    labels: Uint8Array.from(kept, (i) => seen.labels[i] ?? 0),
  };
  const cases = [
    [seen, false, SKLEARN_P],
    [uneven, false, SKLEARN_UNEVEN],
    [uneven, true, SKLEARN_BALANCED],
  ] as const;
  for (const [table, balanced, expected] of cases) {
    const forest = await trainForest({ ...table, balanced, mtry: 3, trees: 1000, seed: 9 });
    const p = probabilities(forest, inventTable(12, 12, 2).rows);
    // Between two forests of scikit-learn's, 50 trees differ by 0.04 (root mean square), so 1000 by 0.009.
    p.forEach((value, i) =>
      assert.ok(Math.abs(value - (expected[i] ?? NaN)) < 0.04, `row ${i}: ${value}, ${expected[i]}`),
    );
  }
});

test('the same seed grows the same forest, another seed another', async () => {
  const table = inventTable(200, 6, 7);
  const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => trainForest({ ...table, trees: 5, seed })));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a?.feature, c?.feature);
});

test('other work gets its turn after each tree, and can stop the training', async () => {
  const table = inventTable(100, 4, 8);
  const grown: number[] = [];
  const onTree = (count: number) => {
    grown.push(count);
    return count === 3 ? Promise.reject(new Error('stopped')) : Promise.resolve();
  };
  await assert.rejects(trainForest({ ...table, trees: 5, seed: 1, onTree }), /stopped/);
  assert.deepEqual(grown, [1, 2, 3]);
});

test('what a forest cannot learn from is refused', async () => {
  const rows = Float32Array.of(1, 2);
  const task = { rows, n: 2, d: 1, labels: Uint8Array.of(0, 1), seed: 1 };
  await assert.rejects(trainForest({ ...task, labels: Uint8Array.of(1, 1) }), /only one/);
  await assert.rejects(trainForest({ ...task, labels: Uint8Array.of(0, 2) }), /0 or 1/);
  await assert.rejects(trainForest({ ...task, labels: Uint8Array.of(0) }), /2 labels, not 1/);
  await assert.rejects(trainForest({ ...task, rows: Float32Array.of(1, NaN) }), /training row 1 is NaN/);
  const forest = await trainForest(task);
  assert.throws(() => forestProbability(forest, Float32Array.of(1, 2)), /1 features, not 2/);
});

/** Share of pairs of one row of each class that are in the right order: Hanley and McNeil (1982). */
function areaUnderCurve(scores: readonly number[], labels: Uint8Array): number {
  const ones = scores.filter((_, i) => labels[i] === 1);
  const zeros = scores.filter((_, i) => labels[i] === 0);
  const won = ones.flatMap((one) => zeros.map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0) as number));
  return won.reduce((sum, value) => sum + value, 0) / won.length;
}
