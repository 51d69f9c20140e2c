// Expected numbers: NumPy, from the formulas of the hierarchical model written anew over arrays of the values below (np.clip for the
// robust mean, np.minimum for the bounded squares). The group of unlisted graphs enters as one graph with the prior's wider variance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallGraphPrior } from './graph-prior.fixture.ts';
import { graphPriorOf } from './graph-prior.ts';
import { graphProfileOf } from './graph-profile.ts';
import { graphLearner } from './graph-statistics.ts';
import { createRandom } from './random.ts';

const prior = graphPriorOf(smallGraphPrior);
const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9, `${actual}, not ${expected}`);
const hold = (graph: string, kind: number, value: number) => ({ type: 0, graph, group: String(kind), kind, value });

function learned() {
  const learner = graphLearner(prior, createRandom(1));
  for (const value of [-2, -2.1, -1.9, -1.2]) learner.add(hold('t', 3, value));
  for (const value of [-1.7, -1.8]) learner.add(hold('a', 0, value));
  learner.add(hold('f', 3, -1.9));
  for (const value of [-1.5, -1.4, -1.45]) learner.add({ type: 1, graph: 't|a', group: '3,0', kind: 1, value });
  learner.add({ type: 1, graph: 'f|a', group: '3,0', kind: 1, value: -1.2 });
  learner.add({ type: 1, graph: 't|q', group: '3,0', kind: 1, value: -1.3 });
  learner.addStrokes(7);
  return learner;
}

test('a person is shrunk to the population: in general, by class and by graph', () => {
  const { types, strokes } = graphProfileOf(prior, learned().statistics());
  assert.equal(strokes, 7);
  const [holds, pairs] = types;
  near(holds?.offset, 0.12390850653716697);
  near(holds?.classOffsets[3], 0.005865634491415701);
  near(holds?.classOffsets[0], 0.006485070465582357);
  assert.equal(holds?.classOffsets[5], 0, 'a class without a keystroke');
  near(holds?.scale, 1.1941131677602481);
  near(holds?.graphs['t']?.[0], -1.9002810516088342);
  near(holds?.graphs['t']?.[1], 0.11430144597674526);
  assert.equal(holds?.graphs['t']?.[2], 4);
  near(holds?.graphs['a']?.[0], -1.804042253879853);
  near(pairs?.offset, 0.09274186436193671);
  near(pairs?.classOffsets[1], 0.028915887669534034);
  near(pairs?.scale, 0.8737154150197628);
  near(pairs?.graphs['t|a']?.[0], -1.4630609437642992);
  near(pairs?.graphs['t|a']?.[1], 0.0590810276679842);
});

test('only listed graphs are kept by name, in what is learned from as in the profile', () => {
  const statistics = learned().statistics();
  const names = statistics.types.map((samples) => samples.map(({ name }) => name));
  assert.deepEqual(names, [['#3', 'a', 't'], ['#3,0', 't|a'], [], []]);
  const profile = graphProfileOf(prior, statistics);
  assert.deepEqual(
    profile.types.map(({ graphs }) => Object.keys(graphs)),
    [['a', 't'], ['t|a'], [], []],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(profile)), profile);
});

test('learning goes on where it was left', () => {
  const before = learned().statistics();
  const whole = learned();
  const resumed = graphLearner(prior, createRandom(1), { before: JSON.parse(JSON.stringify(before)) as typeof before });
  for (const learner of [whole, resumed]) {
    learner.add(hold('t', 3, -1.5));
    learner.addStrokes(1);
  }
  assert.deepEqual(resumed.statistics(), whole.statistics());
  const handedOut = before.types[0]?.find(({ name }) => name === 't');
  assert.equal(handedOut?.values.length, 4, 'what was handed out does not change');
});

test('somebody of whom nothing is known is the population', () => {
  const { types } = graphProfileOf(prior, graphLearner(prior, createRandom(1)).statistics());
  for (const { offset, scale, graphs } of types) assert.deepEqual([offset, scale, graphs], [0, 1, {}]);
});

test('a reservoir keeps 64 values of one graph, each of all with the same chance', () => {
  const kept = new Float64Array(4);
  for (let seed = 0; seed < 200; seed += 1) {
    const learner = graphLearner(prior, createRandom(seed));
    for (let i = 0; i < 400; i += 1) learner.add(hold('t', 3, i));
    const [sample] = learner.statistics().types[0] ?? [];
    assert.deepEqual([sample?.count, sample?.values.length], [400, 64]);
    for (const value of sample?.values ?? []) kept[Math.floor(value / 100)] = (kept[Math.floor(value / 100)] ?? 0) + 1;
  }
  // 200 x 64 values: a quarter from each hundred, binomial sd 49.
  for (const count of kept) assert.ok(Math.abs(count - 3200) < 200, kept.join(' '));
});

test('corrections are counted: pairs that end in the correction key but do not begin with it', () => {
  const learner = graphLearner(prior, createRandom(1));
  const pair = { type: 1, graph: 'x|y', group: '', value: -1.4 };
  for (const kind of [0, 6, 8, 7, 6]) learner.add({ ...pair, kind });
  learner.add(hold('t', 6, -2));
  assert.deepEqual(learner.statistics().corrections, { pairs: 5, corrections: 2 });
});
