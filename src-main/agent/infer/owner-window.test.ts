// A window that moves on against the same times scored one by one.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { ada, inventEvents } from '../collect/synthetic.ts';
import type { KeystrokeEvent } from '../events.ts';
import { graphsOf } from '../features/graphs.ts';
import { loadGraphPrior } from '../learn/graph-prior.ts';
import { graphProfileOf } from '../learn/graph-profile.ts';
import { graphLearner } from '../learn/graph-statistics.ts';
import { createRandom } from '../learn/random.ts';
import { ownerSums } from './graph-score.ts';
import { judged, ownerModel, type JudgedGraph, type OwnerModel } from './owner-model.ts';
import { CLOSE_SD, ownerWindow } from './owner-window.ts';

const prior = await loadGraphPrior(resolve(import.meta.dirname, '../../../models'));

const typed = (count: number, seed: number): KeystrokeEvent[] => {
  const events: KeystrokeEvent[] = [];
  for (const event of inventEvents(ada, createRandom(seed), 1_700_000_000_000_000)) {
    if (event.type === 'keystroke') events.push(event);
    if (events.length === count) break;
  }
  return events;
};

function ownerAfter(sittings: number): OwnerModel {
  const learner = graphLearner(prior, createRandom(1));
  for (let i = 0; i < sittings; i += 1) learner.addSitting();
  for (const instance of graphsOf(typed(1500, 3))) learner.add(instance);
  learner.addStrokes(750);
  return ownerModel(prior, graphProfileOf(prior, learner.statistics()));
}

const graphs = graphsOf(typed(2400, 5)).map((instance) => judged(prior, instance));

/**
 * As it was written before quotients were multiplied: a logarithm for each density, bounds for each ratio, sums in order. Of an owner who
 * is followed, by a filter of his offset of the day, with variances .004 of holds and .001 of the others.
 */
function sumsOf(owner: OwnerModel, some: readonly JudgedGraph[], followed: boolean): Float64Array {
  const logT = (x: number, variance: number): number =>
    -0.5 * Math.log(variance) - 3 * Math.log1p(x ** 2 / (5 * variance));
  const sums = new Float64Array(4);
  const offsets = [0.004, 0.001, 0.001, 0.001].map((x) => ({ mean: 0, variance: followed ? x : 0, sd: Math.sqrt(x) }));
  for (const { belief, value } of some) {
    const offset = offsets[belief.type];
    assert.ok(offset !== undefined);
    const { mean, variance } = owner.expects(belief);
    const deviation = value - mean - offset.mean;
    const ratio = logT(deviation, variance + offset.variance) - logT(value - belief.mean, belief.total);
    sums[belief.type] = (sums[belief.type] ?? 0) + Math.min(1.5, Math.max(-2.5, ratio));
    const gain = offset.variance / (offset.variance + variance + deviation ** 2 / 5);
    offset.mean = Math.min(2.5 * offset.sd, Math.max(-2.5 * offset.sd, offset.mean + gain * deviation));
    offset.variance *= 1 - gain;
  }
  return sums;
}

for (const [what, sittings] of [
  ['who was seen once', 1],
  ['whose offset of the day is followed', 3],
] as const) {
  test(`a window that moves on has the sums and the close times of its own graphs, for an owner ${what}`, () => {
    const owner = ownerAfter(sittings);
    const window = ownerWindow(owner);
    const random = createRandom(9);
    let [first, end] = [0, 0];
    while (end < graphs.length) {
      // A burst now and then, for which there is not room enough.
      const more = random.uniform() < 0.02 ? 900 : random.int(60);
      window.add(graphs.slice(end, end + more));
      end = Math.min(graphs.length, end + more);
      const gone = Math.max(0, end - first - 700 - random.int(200));
      window.drop(gone);
      first += gone;
      const inside = graphs.slice(first, end);
      const [sums, wanted] = [window.sums(), sumsOf(owner, inside, sittings > 1)];
      for (const [type, sum] of sums.entries()) assert.ok(Math.abs(sum - (wanted[type] ?? NaN)) < 1e-10, `${sum}`);
      for (const [type, sum] of ownerSums(owner.sitting(), inside).entries())
        assert.ok(Math.abs(sum - (sums[type] ?? NaN)) < 1e-11);
      const close = inside.filter(({ belief, value }) => {
        const { mean, variance } = owner.expects(belief);
        return Math.abs(value - mean) < CLOSE_SD * Math.sqrt(variance);
      });
      assert.equal(window.close(), close.length);
    }
    assert.ok(first > 1000);
  });
}

test('more than there is can be dropped, and nothing has no sums', () => {
  const window = ownerWindow(ownerAfter(1));
  window.add(graphs.slice(0, 20));
  window.drop(50);
  assert.equal(window.close(), 0);
  assert.deepEqual([...window.sums()].map(Math.abs), [0, 0, 0, 0]);
});
