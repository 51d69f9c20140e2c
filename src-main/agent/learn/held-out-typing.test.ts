// Invented typists: Ada is the owner.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { chores } from '../chores.ts';
import { inventEvents, typistByName } from '../collect/synthetic.ts';
import { graphStream, type GraphInstance } from '../features/graphs.ts';
import { graphCrowd } from '../infer/graph-crowd.ts';
import { addCrowd, crowdTally } from '../infer/crowd-tally.ts';
import { graphRatio, graphScore, ownerSums } from '../infer/graph-score.ts';
import { judged, ownerModel } from '../infer/owner-model.ts';
import { loadGraphPrior } from './graph-prior.ts';
import { graphProfileOf } from './graph-profile.ts';
import { graphLearner } from './graph-statistics.ts';
import type { HeldOutWindow } from './held-out-accuracy.ts';
import { heldOutTyping, type MeasuredModel } from './held-out-typing.ts';
import { createRandom } from './random.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../../models'));
const crowd = graphCrowd(prior, 60);

interface Lesson {
  readonly keys: number;
  readonly instances: readonly GraphInstance[];
}

/** Ten keystrokes each. */
function lessons(name: string, seed: number, count: number): Lesson[] {
  const stream = graphStream();
  const all: Lesson[] = [];
  let instances: GraphInstance[] = [];
  for (const event of inventEvents(typistByName(name), createRandom(seed), 1_704_704_400_000_000)) {
    if (event.type !== 'keystroke') continue;
    instances.push(...stream.accept(event));
    if (event.event !== 'press' || stream.strokes() % 10 !== 0) continue;
    all.push({ keys: 10, instances });
    instances = [];
    if (all.length === count) break;
  }
  return all;
}

const learner = graphLearner(prior, createRandom(1));
for (const { keys, instances } of lessons('ada', 1, 60)) {
  for (const instance of instances) learner.add(instance);
  learner.addStrokes(keys);
}
const ada: MeasuredModel = { owner: ownerModel(prior, graphProfileOf(prior, learner.statistics())), strokes: 600 };

function bench(model: () => MeasuredModel | null = () => ada, impostors = 4) {
  const between = chores();
  const told: (HeldOutWindow & { readonly confirmed: boolean })[] = [];
  const heldOut = heldOutTyping({
    ...{ prior, crowd: () => crowd, chores: between, people: createRandom(2), model, impostors: () => impostors },
    measured: (window, confirmed) => told.push({ ...window, confirmed }),
  });
  return { ...heldOut, told, settled: between.settled };
}

test('every fifty keystrokes are scored as the product scores them, and so are others who type the same', async () => {
  const { add, told, settled } = bench();
  const typed = lessons('ada', 2, 24);
  for (const lesson of typed) add(lesson, true);
  assert.equal(told.length, 0, 'not before the next turn');
  await settled();
  assert.equal(told.length, 4, 'the rest of forty waits for more');
  const graphs = typed.slice(0, 5).flatMap(({ instances }) => instances.map((one) => judged(prior, one)));
  const tally = crowdTally(crowd.people);
  addCrowd(tally, crowd, graphs);
  const raw = graphScore(ada.owner, ownerSums(ada.owner.sitting(), graphs), tally, 50) ?? Number.NaN;
  assert.equal(told[0]?.genuine, Math.round(100 * graphRatio(prior.file.calibration, raw, 50)) / 100);
  assert.ok(told.every(({ learned, impostors }) => learned === 600 && impostors.length === 4));
  const worst = Math.min(...told.map(({ genuine }) => genuine));
  const others = told.flatMap(({ impostors }) => impostors);
  assert.ok(others.filter((score) => score < worst).length >= 14, `${worst} against ${others.join(' ')}`);
  assert.ok(new Set(others).size > 12, 'they are different people');
});

test('the model is asked for before a stretch, and measured on all of it', async () => {
  let asked = 0;
  const { add, told, settled } = bench(() => {
    asked += 1;
    return asked === 1 ? null : { ...ada, strokes: 100 * asked };
  });
  for (const lesson of lessons('ada', 3, 11)) add(lesson, true);
  await settled();
  // The first ten keystrokes found none; then two stretches.
  assert.deepEqual([asked, told.map(({ learned }) => learned)], [3, [200, 300]]);
});

test('a stretch is as sure as the least sure of it', async () => {
  const { add, told, settled } = bench();
  for (const [i, lesson] of lessons('ada', 4, 10).entries()) add(lesson, i !== 3);
  await settled();
  assert.deepEqual(
    told.map(({ confirmed }) => confirmed),
    [false, true],
  );
});

test('a stretch that is cut is given up; what is dropped is not told any more', async () => {
  const { add, cut, drop, told, settled } = bench();
  const typed = lessons('ada', 5, 14);
  for (const lesson of typed.slice(0, 4)) add(lesson, true);
  cut();
  for (const lesson of typed.slice(4, 9)) add(lesson, true);
  await settled();
  assert.equal(told.length, 1);
  for (const lesson of typed.slice(9)) add(lesson, true);
  drop();
  await settled();
  assert.equal(told.length, 1);
});
