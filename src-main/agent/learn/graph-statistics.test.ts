import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallGraphPrior } from './graph-prior.fixture.ts';
import { graphPriorOf } from './graph-prior.ts';
import { graphLearner, RESERVOIR } from './graph-statistics.ts';
import { createRandom } from './random.ts';

const prior = graphPriorOf(smallGraphPrior);
const hold = (graph: string, value: number) => ({ type: 0, graph, group: '3', kind: 3, value });
const OLD = -2;
const NEW = -1;

function learned(count: number) {
  const learner = graphLearner(prior, createRandom(1));
  for (let i = 0; i < count; i += 1) learner.add(hold('t', OLD + i / 10_000));
  learner.addStrokes(count);
  return learner;
}
const sampleOf = (learner: ReturnType<typeof learned>, name = 't') =>
  learner.statistics().types[0]?.find((sample) => sample.name === name);

test('faded by half, half of the values are left, drawn by chance, and they count as many', () => {
  const learner = learned(1000);
  const before = sampleOf(learner)?.values ?? [];
  learner.fade(0.5);
  const { count, values = [] } = sampleOf(learner) ?? {};
  assert.deepEqual([count, values.length, learner.statistics().strokes], [RESERVOIR / 2, RESERVOIR / 2, 500]);
  assert.ok(values.every((value) => before.includes(value)) && new Set(values).size === values.length);
  // Of 64 values in order, 32 that are not all from one end.
  const places = values.map((value) => before.indexOf(value));
  assert.ok(Math.min(...places) < 16 && Math.max(...places) > 47, places.join(' '));
});

test('what comes afterwards finds a place at once; what was known before fades further with it', () => {
  const learner = learned(1000);
  learner.fade(0.5);
  const shareNew = (): number => {
    const values = sampleOf(learner)?.values ?? [];
    return values.filter((value) => value === NEW).length / values.length;
  };
  for (let i = 0; i < 32; i += 1) learner.add(hold('t', NEW));
  assert.equal(shareNew(), 0.5);
  for (let i = 0; i < 200; i += 1) learner.add(hold('t', NEW));
  // 232 of 264.
  assert.ok(shareNew() > 0.75, String(shareNew()));
  const unfaded = learned(1000);
  for (let i = 0; i < 232; i += 1) unfaded.add(hold('t', NEW));
  const stays = (sampleOf(unfaded)?.values ?? []).filter((value) => value === NEW).length / RESERVOIR;
  assert.ok(stays < 0.35, `unfaded: ${stays}`);
});

test('what came once or never leaves nothing behind that counts', () => {
  const learner = learned(10);
  learner.add(hold('a', OLD));
  learner.add(hold('a', OLD));
  learner.fade(0.2);
  assert.equal(sampleOf(learner, 'a'), undefined, 'a fifth of two');
  assert.equal(sampleOf(learner)?.values.length, 2);
  assert.doesNotThrow(() => learner.add(hold('a', NEW)));
});
