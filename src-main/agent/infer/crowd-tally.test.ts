// Sums of ratios against Student's density written out, and what a window that moves on makes of them against sums taken anew.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { ada, inventEvents } from '../collect/synthetic.ts';
import { graphsOf } from '../features/graphs.ts';
import type { KeystrokeEvent } from '../events.ts';
import { loadGraphPrior } from '../learn/graph-prior.ts';
import { createRandom } from '../learn/random.ts';
import { addCrowd, addTally, crowdTally, emptied, takeOffTally, type CrowdTally } from './crowd-tally.ts';
import { graphCrowd } from './graph-crowd.ts';
import { judged, type JudgedGraph } from './owner-model.ts';

const PEOPLE = 200;
const prior = await loadGraphPrior(resolve(import.meta.dirname, '../../../models'));
const crowd = graphCrowd(prior, PEOPLE);

function typing(): readonly JudgedGraph[] {
  const events: KeystrokeEvent[] = [];
  for (const event of inventEvents(ada, createRandom(2), 1_700_000_000_000_000)) {
    if (event.type === 'keystroke') events.push(event);
    if (events.length === 1200) break;
  }
  return graphsOf(events).map((graph) => judged(prior, graph));
}

const graphs = typing();
const hops = Array.from({ length: 60 }, (_, i) => graphs.slice(i * 40, (i + 1) * 40));
const tallyOf = (some: readonly JudgedGraph[]): CrowdTally => {
  const tally = crowdTally(PEOPLE);
  addCrowd(tally, crowd, some);
  return tally;
};

test('a sum is that of the logarithms of the densities, each within its bounds, to 1e-9', () => {
  const { sums } = tallyOf(graphs.slice(0, 400));
  const wanted = new Float64Array(sums.length);
  for (const { belief, value, population } of graphs.slice(0, 400)) {
    const { shared, effects, step } = crowd.graph(belief);
    for (let j = 0; j < PEOPLE; j += 1) {
      const variance = belief.within * (crowd.scales[belief.type]?.[j] ?? NaN);
      const away = value - belief.mean - (shared[j] ?? NaN) - step * (effects[j] ?? NaN);
      const density = -0.5 * Math.log(variance) - 3 * Math.log1p(away ** 2 / (5 * variance));
      const at = belief.type * PEOPLE + j;
      wanted[at] = (wanted[at] ?? 0) + Math.min(1.5, Math.max(-2.5, density - population));
    }
  }
  for (const [i, sum] of sums.entries()) assert.ok(Math.abs(sum - (wanted[i] ?? NaN)) < 1e-9, `${sum}, ${wanted[i]}`);
});

test('a window that has moved on has the sums of its own stretches, to the last bit, whichever came and went before', () => {
  const tallies = hops.map(tallyOf);
  const window = crowdTally(PEOPLE);
  for (const [i, tally] of tallies.entries()) {
    addTally(window, tally);
    const gone = tallies[i - 30];
    if (gone !== undefined) takeOffTally(window, gone);
  }
  const anew = crowdTally(PEOPLE);
  for (const tally of tallies.slice(-30).toReversed()) addTally(anew, tally);
  assert.deepEqual(window, anew);
  assert.ok(anew.sums.every((sum) => sum !== 0));
  assert.deepEqual(emptied(window), crowdTally(PEOPLE));
});
