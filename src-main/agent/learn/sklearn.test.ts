// The trainers against scikit-learn itself, on more and larger tables than the baked figures beside them cover.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { INVENT_TABLE_IN_PYTHON, inventTable } from './invented-table.ts';
import { svmDecision, trainOneClassSvm } from './one-class-svm.ts';
import { forestProbability, trainForest } from './random-forest.ts';

// Debian's Python, where its package puts scikit-learn; another python3 on the PATH need not have it.
const PYTHON = '/usr/bin/python3';
const available = spawnSync(PYTHON, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0;
const skip = available ? false : `${PYTHON} has no scikit-learn (package python3-sklearn)`;

function python<T>(script: string): T {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-'], {
    input: `import json\n${INVENT_TABLE_IN_PYTHON}\n${script}`,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

const rowsOf = (rows: Float32Array, d: number) =>
  Array.from({ length: rows.length / d }, (_, i) => rows.subarray(i * d, (i + 1) * d));

test('both languages invent the same table', { skip }, () => {
  const here = inventTable(50, 7, 11);
  const there = python<{ rows: number[]; labels: number[] }>(
    'X, y = table(50, 7, 11); print(json.dumps({"rows": X.ravel().astype(float).tolist(), "labels": y.tolist()}))',
  );
  assert.deepEqual([...here.rows], there.rows);
  assert.deepEqual([...here.labels], there.labels);
});

test('one tree without chance is a tree of scikit-learn', { skip }, async () => {
  const d = 4;
  // Where two splits are equally good scikit-learn lets its seed decide, so there are several right trees.
  const theirs = python<[number, number][][]>(`
from sklearn.tree import DecisionTreeClassifier
X, y = table(256, 4, 21)
def splits(seed):
    t = DecisionTreeClassifier(min_samples_leaf=12, random_state=seed).fit(X, y).tree_
    return [[int(f), float(np.float32(v))] for f, v in zip(t.feature, t.threshold) if f >= 0]
print(json.dumps([splits(seed) for seed in range(60)]))`);
  const task = { ...inventTable(256, d, 21), trees: 1, mtry: d, minLeaf: 12, bootstrap: false, seed: 1 };
  const forest = await trainForest(task);
  const mine = [...forest.feature].flatMap((f, i) => (f < 0 ? [] : [[f, forest.threshold[i] ?? NaN]]));
  const text = (splits: readonly (readonly number[])[]) => splits.map(String).toSorted().join(' ');
  assert.ok(mine.length > 8);
  assert.ok(new Set(theirs.map(text)).has(text(mine)), text(mine));
});

test('a forest differs from one of scikit-learn no more than two of theirs from each other', { skip }, async () => {
  const d = 40;
  const theirs = python<number[][]>(`
from sklearn.ensemble import RandomForestClassifier
X, y = table(1200, 40, 31); T, _ = table(500, 40, 32)
forest = lambda seed: RandomForestClassifier(50, min_samples_leaf=5, max_features=6, random_state=seed).fit(X, y)
print(json.dumps([forest(seed).predict_proba(T)[:, 1].tolist() for seed in range(4)]))`);
  const tried = rowsOf(inventTable(500, d, 32).rows, d);
  const forest = await trainForest({ ...inventTable(1200, d, 31), seed: 3 });
  const mine = tried.map((row) => forestProbability(forest, row));
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.sqrt(a.reduce((sum, x, i) => sum + (x - (b[i] ?? NaN)) ** 2, 0) / a.length);
  const among = theirs.flatMap((a, i) => theirs.slice(i + 1).map((b) => distance(a, b)));
  const between = theirs.map((other) => distance(mine, other));
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  assert.ok(mean(between) < 1.1 * mean(among), `${mean(between)} against ${mean(among)}`);
});

for (const nu of [0.05, 0.5]) {
  test(`the one-class machine decides as libsvm does: nu ${nu}`, { skip }, () => {
    const [n, d] = [1000, 38];
    const { supports, decisions } = python<{ supports: number; decisions: number[] }>(`
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM
X, _ = table(${n}, ${d}, 41); T, _ = table(200, ${d}, 42)
scale = StandardScaler().fit(X.astype(float))
svm = OneClassSVM(gamma=1/${d}, nu=${nu}).fit(scale.transform(X.astype(float)))
decisions = svm.decision_function(scale.transform(T.astype(float)))
print(json.dumps({"supports": len(svm.support_), "decisions": decisions.tolist()}))`);
    const svm = trainOneClassSvm({ rows: inventTable(n, d, 41).rows, n, d, nu });
    assert.equal(svm.alpha.length, supports);
    rowsOf(inventTable(200, d, 42).rows, d).forEach((row, i) => {
      const difference = Math.abs(svmDecision(svm, row) - (decisions[i] ?? NaN));
      assert.ok(difference < 1e-4, `row ${i}: ${difference}`);
    });
  });
}
