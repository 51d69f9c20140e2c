import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { bayesRatio, fitNaiveBayes, type NaiveBayes } from './naive-bayes.ts';
import { naiveBayesToOnnx } from './onnx-naive-bayes.ts';
import { createRandom } from './random.ts';

// Debian's Python, where its package puts scikit-learn; another python3 on the PATH need not have it.
const PYTHON = '/usr/bin/python3';
const available = spawnSync(PYTHON, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0;
const skip = available ? false : `${PYTHON} has no scikit-learn (package python3-sklearn)`;

const D = 4;
const ALL = [1, 1, 1, 1] as const;
const close = (actual: number, expected: number, bound = 1e-9): void =>
  assert.ok(Math.abs(actual - expected) <= bound * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

/** Rows about different means, of very different size. */
function rowsOf(count: number, seed: number, shift: number): Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: D }, (_, i) => 10 ** (i - 1) * (3 + shift + (1 + shift) * random.normal())),
  );
}

const CASES = {
  ratio: { owner: rowsOf(40, 1, 0), people: rowsOf(200, 2, 0.7), tried: rowsOf(50, 3, 0.3) },
  fit: { owner: rowsOf(5000, 4, 0), people: rowsOf(10, 5, 1), tried: rowsOf(1, 6, 0) },
};

interface Theirs {
  /** Of the population and of the owner. */
  readonly mean: readonly (readonly number[])[];
  readonly variance: readonly (readonly number[])[];
  readonly ratio: readonly number[];
}

let answer: Record<keyof typeof CASES, Theirs> | null = null;

/** Starting Python takes longer than all else here, so it is asked once. */
function sklearn(): Record<keyof typeof CASES, Theirs> {
  if (answer !== null) return answer;
  const input = JSON.stringify(CASES, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value));
  const script = `
import json
import numpy as np
from sklearn.naive_bayes import GaussianNB
def ask(rows):
    X = np.array(rows['owner'] + rows['people']); y = np.array([1] * len(rows['owner']) + [0] * len(rows['people']))
    model = GaussianNB(priors=[.5, .5], var_smoothing=0).fit(X, y)
    joint = model._joint_log_likelihood(np.array(rows['tried']))
    return {"mean": model.theta_.tolist(), "variance": model.var_.tolist(), "ratio": (joint[:, 1] - joint[:, 0]).tolist()}
print(json.dumps({name: ask(rows) for name, rows in json.loads(${JSON.stringify(input)}).items()}))`;
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-'], { input: script, encoding: 'utf8', maxBuffer: 1e8 });
  assert.equal(status, 0, stderr);
  answer = JSON.parse(stdout) as Record<keyof typeof CASES, Theirs>;
  return answer;
}

test('the ratio of two classes is that of scikit-learn', { skip }, () => {
  const theirs = sklearn().ratio;
  const model: NaiveBayes = {
    people: { mean: theirs.mean[0] ?? [], variance: theirs.variance[0] ?? [] },
    owner: { mean: theirs.mean[1] ?? [], variance: theirs.variance[1] ?? [] },
    counted: ALL,
  };
  for (const [i, row] of CASES.ratio.tried.entries()) close(bayesRatio(model, row), theirs.ratio[i] ?? Number.NaN);
});

test('a population that says nothing leaves the owner as scikit-learn finds him', { skip }, () => {
  const { mean, variance } = sklearn().fit;
  const vague = Array.from({ length: D }, (_, i) => ({ mean: 0, between: 10 ** (i + 4), within: 10 ** (i - 1) }));
  const { owner } = fitNaiveBayes(CASES.fit.owner, vague, ALL);
  for (let i = 0; i < D; i += 1) {
    close(owner.mean[i] ?? 0, mean[1]?.[i] ?? Number.NaN, 1e-6);
    // Twenty stretches of the population beside five thousand of the owner, and the mean is not known exactly.
    close(owner.variance[i] ?? 0, variance[1]?.[i] ?? Number.NaN, 1e-2);
  }
});

test('few stretches are drawn towards the population, by hand', () => {
  const prior = [{ mean: 10, between: 2, within: 1 }];
  const { owner, people } = fitNaiveBayes([Float64Array.of(14), Float64Array.of(16), Float64Array.of(NaN)], prior, [1]);
  // Scatter (20 · 1 + 2) / 21; precisions 2 / scatter and 1 / 4.
  const scatter = 22 / 21;
  const precision = 2 / scatter + 1 / 4;
  close(owner.mean[0] ?? 0, ((2 / scatter) * 15 + (1 / 4) * 10) / precision);
  close(owner.variance[0] ?? 0, scatter + 1 / precision);
  assert.deepEqual(people, { mean: [10], variance: [5] });
});

test('nothing known of the owner, a missing value and a feature that does not count say nothing', () => {
  const prior = [
    { mean: 1, between: 1, within: 1 },
    { mean: 2, between: 1, within: 2 },
  ];
  const unknown = fitNaiveBayes([], prior, [1, 1]);
  assert.equal(bayesRatio(unknown, Float64Array.of(7, -3)), 0);
  const stretches = [Float64Array.of(3, 3), Float64Array.of(3.5, 4)];
  const known = fitNaiveBayes(stretches, prior, [1, 0]);
  assert.equal(bayesRatio(known, Float64Array.of(NaN, 3)), 0);
  assert.equal(bayesRatio(known, Float64Array.of(3, 3)), bayesRatio(known, Float64Array.of(3, 50)));
  assert.ok(bayesRatio(known, Float64Array.of(3, 3)) > 0);
});

test('onnxruntime gives the same ratio, for what is there', async () => {
  const prior = Array.from({ length: D }, (_, i) => ({
    mean: 10 ** (i - 1) * 3,
    between: 10 ** (i - 1),
    within: 10 ** (i - 1),
  }));
  const model = fitNaiveBayes(rowsOf(30, 7, 0.2), prior, [1, 1, 0, 1]);
  const session = await InferenceSession.create(naiveBayesToOnnx(model), { logSeverityLevel: 3 });
  const tried = rowsOf(40, 8, 0.5).map((row, k) => row.map((x, i) => ((k + i) % 5 === 0 ? Number.NaN : x)));
  const rows = Float32Array.from(
    tried.flatMap((row) => [
      ...row.map((x) => (Number.isNaN(x) ? 0 : x)),
      ...row.map((x) => (Number.isNaN(x) ? 0 : 1)),
    ]),
  );
  const { ratio } = await session.run({ stretch: new Tensor('float32', rows, [tried.length, 2 * D]) });
  const theirs = ratio?.data as Float32Array;
  for (const [k, row] of tried.entries()) close(theirs[k] ?? Number.NaN, bayesRatio(model, row), 2e-5);
  await session.release();
});
