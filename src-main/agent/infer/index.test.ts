import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventTable } from '../learn/invented-table.ts';
import { svmDecision, trainOneClassSvm } from '../learn/one-class-svm.ts';
import { forestToOnnx } from '../learn/onnx-forest.ts';
import { svmToOnnx } from '../learn/onnx-svm.ts';
import { forestProbability, trainForest } from '../learn/random-forest.ts';
import { forestScorer, SCORERS, svmScorer } from './index.ts';
import type { ModelCard } from './model-card.ts';

const CARD: ModelCard = {
  format: 1,
  name: 'mouse-forest',
  modality: 'mouse',
  version: 1,
  createdMs: 0,
  file: 'x.onnx',
  sha256: '0'.repeat(64),
  inputs: { table: 'mouse-38/1', features: 6 },
  training: { fromUs: 0, toUs: 1, windows: 200, events: 200 },
  heldOut: null,
  calibration: { kind: 'logistic', slope: 1, intercept: 0, center: 0, scale: 1 },
  owner: { mean: [], sd: [] },
  source: 'synthetic',
};
const TABLE = inventTable(200, 6, 1);
const VECTOR = inventTable(1, 6, 2).rows;

test('a forest scores with its probability, a support vector machine with its decision', async () => {
  const forest = await trainForest({ ...TABLE, seed: 1 });
  const svm = trainOneClassSvm(TABLE);
  const scorers = [
    forestScorer({ card: CARD, load: () => Promise.resolve(forestToOnnx(forest)) }),
    svmScorer({ card: { ...CARD, name: 'mouse-svm' }, load: () => Promise.resolve(svmToOnnx(svm)), idleMs: 1000 }),
  ] as const;
  assert.deepEqual(
    scorers.map(({ name, modality }) => [name, modality]),
    [
      ['mouse-forest', 'mouse'],
      ['mouse-svm', 'mouse'],
    ],
  );
  assert.ok(Math.abs((await scorers[0].score(VECTOR)) - forestProbability(forest, VECTOR)) < 1e-6);
  assert.ok(Math.abs((await scorers[1].score(VECTOR)) - svmDecision(svm, VECTOR)) < 1e-4);
  await Promise.all(scorers.map(({ release }) => release()));
  assert.deepEqual(Object.keys(SCORERS), ['forest', 'svm']);
});

test('missing data are refused, not scored, and the model is not even loaded for them', async () => {
  const scorer = forestScorer({ card: CARD, load: () => Promise.reject(new Error('loaded')) });
  await assert.rejects(scorer.score(VECTOR.map((x, i) => (i === 4 ? NaN : x))), {
    message: 'model mouse-forest: feature 4 of the window is NaN, not a number',
  });
  await assert.rejects(
    scorer.score(VECTOR.map((x, i) => (i === 0 ? Infinity : x))),
    /feature 0 of the window is Infinity/,
  );
  await assert.rejects(scorer.score(Float32Array.of(1)), /reads 6 features, not 1/);
  await assert.rejects(scorer.score(VECTOR), { message: 'loaded' });
});
