import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { smallGraphPrior } from './graph-prior.fixture.ts';
import { graphPriorOf, loadGraphPrior } from './graph-prior.ts';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

test('a listed graph has moments of its own', () => {
  const { belief } = graphPriorOf(smallGraphPrior);
  const t = belief({ type: 0, graph: 't', group: '3', kind: 3 });
  assert.deepEqual([t.name, t.listed, t.mean, t.meanVariance, t.within], ['t', true, -2.05, 0.0001, 0.06]);
  // Within, mean, person, class and graph.
  near(t.total, 0.06 + 0.0001 + 0.03 + 0.003 + 0.007);
  assert.equal(belief({ type: 0, graph: 't', group: '3', kind: 3 }), t, 'one object for one graph');
});

test('an unlisted graph falls back to its group of fingers, then to its class', () => {
  const { belief } = graphPriorOf(smallGraphPrior);
  const group = belief({ type: 1, graph: 'f|q', group: '3,0', kind: 1 });
  assert.deepEqual(
    [group.name, group.listed, group.mean, group.meanVariance, group.within],
    ['3,0', false, -1.55, 0.034, 0.11],
  );
  assert.equal(belief({ type: 1, graph: 'r|z', group: '3,0', kind: 1 }), group, 'nothing finer than the group');
  near(belief({ type: 1, graph: 'j|p', group: '4,7', kind: 1 }).mean, -1.4 + 0.02);
  assert.equal(belief({ type: 0, graph: '__proto__', group: '13', kind: 13 }).listed, false);
});

test('a file that is malformed or of the wrong size is refused by name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-graphs-'));
  const write = (value: unknown): Promise<void> =>
    writeFile(path.join(folder, 'prior-graphs.json'), JSON.stringify(value));
  await assert.rejects(loadGraphPrior(folder), /prior-graphs\.json/);
  await write({ ...smallGraphPrior, table: 'graphs/0' });
  await assert.rejects(loadGraphPrior(folder), /prior-graphs\.json is malformed/);
  await write({ ...smallGraphPrior, types: smallGraphPrior.types.slice(1) });
  await assert.rejects(loadGraphPrior(folder), /is malformed/);
  await write({ ...smallGraphPrior, theta: { mean: [0], covariance: [1] } });
  await assert.rejects(loadGraphPrior(folder), /a person is 64 numbers, not 1/);
  const short = smallGraphPrior.types.map((one) => ({ ...one, classMeans: [0] }));
  await write({ ...smallGraphPrior, types: short });
  await assert.rejects(loadGraphPrior(folder), /1 classes of hold, not 14/);
  await write(smallGraphPrior);
  assert.deepEqual((await loadGraphPrior(folder)).file, smallGraphPrior);
  await rm(folder, { recursive: true });
});

test('the shipped prior is small, names its sources and tells of no graph that only one or two people typed', async () => {
  const models = path.resolve(import.meta.dirname, '../../../models');
  const { file } = await loadGraphPrior(models);
  assert.ok((await stat(path.join(models, 'prior-graphs.json'))).size <= 150_000);
  assert.ok(file.people >= 58 && file.sources.length > 0 && file.sources.every(({ licence }) => licence.length > 0));
  assert.ok(!JSON.stringify(file.sources).toLowerCase().includes('aalto'));
  for (const { graphs } of file.types) {
    assert.ok(Object.keys(graphs).length > 40);
    for (const [name, [, , , people]] of Object.entries(graphs)) assert.ok(people >= 3, name);
  }
  assert.ok(file.calibration.sizes.every(({ slope }) => slope > 0));
});
