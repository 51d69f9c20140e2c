import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Feature } from '../features/index.ts';
import { KEYSTROKE_PATH, MOUSE_PATH } from '../vector-path.ts';
import { filled, inventWindows, usualOf } from './negatives.ts';
import { loadPrior, priorOf, type PriorFile } from './prior.ts';
import { createRandom } from './random.ts';

const feature = (name: string, unit: Feature['unit'], scale: Feature['scale']): Feature => ({
  name,
  unit,
  scale,
  words: name,
  definition: '',
});
const features = [feature('a', 'ms', 'log'), feature('b', 'ms', 'linear'), feature('c', 'share', 'linear')];
const file: PriorFile = {
  ...{ format: 1, table: 'test/1', people: 9, windows: 90, sources: [], calibration: {} },
  mean: [Math.log1p(100), 5, 0.3],
  sdBetween: [0.2, 2, 0.1],
  sdWithin: [0.1, 3, 0.05],
  // Correlations a-b, a-c, b-c.
  corrBetween: [600, 0, -300],
  corrWithin: [0, 0, 0],
};
const moments = (xs: readonly number[]): { mean: number; sd: number } => {
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  return { mean, sd: Math.sqrt(xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length) };
};
const near = (a: number, b: number, eps: number): void =>
  assert.ok(Math.abs(a - b) < eps, `${a} is not ${b} within ${eps}`);

test('invented people have the means, spreads and correlations that the file states', () => {
  const prior = priorOf(file, features);
  const random = createRandom(7);
  const people = Array.from({ length: 20_000 }, () => prior.person(random));
  const column = (i: number): number[] => people.map((person) => person[i] ?? Number.NaN);
  for (const i of [0, 1, 2]) {
    const { mean, sd } = moments(column(i));
    near(mean, file.mean[i] ?? Number.NaN, 0.03 * (file.sdBetween[i] ?? 0));
    near(sd, file.sdBetween[i] ?? Number.NaN, 0.03 * (file.sdBetween[i] ?? 0));
  }
  const products = people.map((p) => (((p[0] ?? 0) - Math.log1p(100)) / 0.2) * (((p[1] ?? 0) - 5) / 2));
  near(moments(products).mean, 0.6, 0.03);
});

test('correlations that no set of people can have are refused', () => {
  // a goes with b, a with c, but b against c.
  assert.throws(() => priorOf({ ...file, corrBetween: [950, 950, -950] }, features), /belong to no set of people/);
});

test('the fallback is the mean in the unit of the feature; a feature that varies more within people does not tell', () => {
  const prior = priorOf(file, features);
  near(prior.fallback[0] ?? 0, 100, 1e-4);
  assert.deepEqual([...prior.telling], [1, 0, 1]);
  assert.deepEqual(
    [...filled(Float32Array.of(Number.NaN, 1, Number.NaN), prior)],
    [...Float32Array.of(prior.fallback[0] ?? 0, 1, 0.3)],
  );
});

test('invented windows keep missing features missing and shares on the grid of the window', () => {
  const prior = priorOf(file, features);
  const owner = [{ vector: Float32Array.of(prior.fallback[0] ?? 0, 4, 0.25), events: 8 }];
  const rows = inventWindows(owner, features, prior, 200, createRandom(3));
  for (let k = 0; k < 200; k += 1) {
    assert.equal(rows[k * 3], prior.fallback[0]);
    assert.equal(((rows[k * 3 + 2] ?? 0) * 8) % 1, 0);
  }
  assert.ok(new Set(rows).size > 100, 'every window is of another person');
});

test('what is usual for the owner leaves out the windows without the feature and leans on the population', () => {
  const prior = priorOf(file, features);
  const owner = [10, 11, 12, 13, 14].map((x) => ({
    vector: Float32Array.of(prior.fallback[0] ?? 0, x, 0.25),
    events: 1,
  }));
  const { mean, sd } = usualOf(owner, features, prior);
  assert.deepEqual(mean, [0, 12, 0.25]);
  assert.equal(sd[0], 0, 'no window has it');
  // Sum of squares 10, population spread 3 with the weight of 20 windows: (10 + 20 * 9) / 25 = 7.6.
  near(sd[1] ?? 0, Math.sqrt(7.6), 1e-12);
  near(sd[2] ?? 0, Math.sqrt((20 * 0.05 ** 2) / 25), 1e-12);
});

test('a prior for another table, a malformed one and one of the wrong width are refused by name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-prior-'));
  const write = (value: unknown): Promise<void> => writeFile(path.join(folder, 'p.json'), JSON.stringify(value));
  await write(file);
  await assert.rejects(loadPrior(folder, 'p', 'other/1', features), /p\.json is for test\/1, not other\/1/);
  await write({ ...file, mean: 'x' });
  await assert.rejects(loadPrior(folder, 'p', 'test/1', features), /p\.json is malformed/);
  await write({ ...file, mean: [1] });
  await assert.rejects(loadPrior(folder, 'p', 'test/1', features), /has 1 features, expected 3/);
  await rm(folder, { recursive: true });
});

test('the shipped priors fit their feature tables and name their sources', async () => {
  const models = path.resolve(import.meta.dirname, '../../../models');
  for (const { prior, table, features: own, models: kinds } of [KEYSTROKE_PATH, MOUSE_PATH]) {
    const { file: shipped } = await loadPrior(models, prior, table, own);
    assert.ok(shipped.people >= 58 && shipped.sources.every(({ licence }) => licence.length > 0));
    assert.ok(!JSON.stringify(shipped.sources).toLowerCase().includes('aalto'));
    assert.ok(shipped.mean.every((mean) => Math.abs(mean) < 1e6));
    for (const { name } of kinds) assert.ok((shipped.calibration[name]?.slope ?? 0) > 0, name);
  }
});
