// Expected numbers: NumPy and SciPy (scipy.stats.t.logpdf with 5 degrees of freedom for the ratio of one time; the other formulas
// written anew).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallGraphPrior } from '../learn/graph-prior.fixture.ts';
import { graphPriorOf, type GraphBelief } from '../learn/graph-prior.ts';
import type { GraphProfile } from '../learn/graph-profile.ts';
import { scalesOf, type GraphCrowd } from './graph-crowd.ts';
import { addCrowd, crowdTally } from './crowd-tally.ts';
import { graphRatio, graphScore, ownerSums, ratiosAgainst } from './graph-score.ts';
import { judged, ownerModel } from './owner-model.ts';

const prior = graphPriorOf(smallGraphPrior);
const near = (actual: number | null | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9, `${actual}, not ${expected}`);
const classOffsets = (kind: number, x: number): number[] => Array.from({ length: 14 }, (_, k) => (k === kind ? x : 0));
const unknown = { offset: 0, classOffsets: classOffsets(0, 0), scale: 1, graphs: {} };
const profile: GraphProfile = {
  ...{ format: 1, table: 'graphs/1', strokes: 900, sittings: 1, corrections: { pairs: 0, corrections: 0 } },
  types: [
    {
      offset: 0.12390850653716697,
      classOffsets: classOffsets(3, 0.005865634491415701),
      scale: 1.1941131677602481,
      graphs: { t: [-1.9002810516088342, 0.11430144597674526, 4] },
    },
    ...[unknown, unknown, unknown],
  ],
};
const t = (value: number) => judged(prior, { type: 0, graph: 't', group: '3', kind: 3, value });
const f = (value: number) => judged(prior, { type: 0, graph: 'f', group: '3', kind: 3, value });

test('one time: Student t of the owner against that of the population', () => {
  const { sitting, expects } = ownerModel(prior, profile);
  near(sitting().score(t(-1.95)), -0.019933744992384983);
  near(sitting().score(t(-2.3)), -0.45288667083083034);
  near(sitting().score(t(-0.9)), 0.7759457799565748);
  const expected = expects(f(-2).belief);
  near(expected.mean, -1.8402258589714173);
  near(expected.variance, 0.07164679006561489);
  assert.equal(expected.count, 0);
  near(sitting().score(f(-2.2)), -0.45054089710309575);
});

test('no single time counts for more than its bounds', () => {
  const [hold, ...others] = profile.types;
  const sure = { ...unknown, ...hold, graphs: { t: [-1, 0.0001, 60] as const } };
  const { sitting } = ownerModel(prior, { ...profile, types: [sure, ...others] });
  assert.deepEqual([sitting().score(t(-1)), sitting().score(t(-3))], [1.5, -2.5]);
});

test('over several sittings the offset of the day becomes known while he types', () => {
  const { sitting } = ownerModel(prior, { ...profile, sittings: 2 });
  const today = sitting();
  near(today.score(t(-1.7)), 0.3764427674816103);
  near(today.score(t(-1.75)), 0.3096983043886341);
});

test('who types on is followed from his first sitting on, by class too, and no further than he goes himself', () => {
  const onceSeen = ownerModel(prior, profile);
  const [alone, stretch] = [onceSeen.sitting(), onceSeen.running()];
  near(alone.score(t(-1.7)), 0.3869811969728374);
  near(stretch.score(t(-1.7)), 0.37122952750042537);
  near(stretch.score(t(-1.75)), 0.30725550145421665);
  // 400 times 1 below his mean: followed for 2.5 sd of his offset, .158, and of that of the class, .112.
  const far = onceSeen.running();
  let last = 0;
  for (let i = 0; i < 400; i += 1) last = far.score(t(-2.9));
  near(last, 0.6460894776461381);
});

test('evidence of a stretch: each time against the owner counts .4 of its weight, and each keystroke for what following gained him', () => {
  const tally = {
    counts: Float64Array.of(4, 3, 3, 3),
    sums: Float64Array.of(1, 5, 2, -4, 3, 2, -2, 1),
    corrections: 0,
  };
  const [first, second] = ratiosAgainst(Float64Array.of(4, 3, -1, 2), tally, 5);
  // By hand: .4 * ((1 - 4) + .6 * (2 - 3) + .4 * (3 + 1) + .3 * (-2 - 2)) + .03 * 5, and the same of the second.
  near(first, 0.4 * (-3 - 0.6 + 1.6 - 1.2) + 0.15);
  near(second, 0.4 * (1 - 0.6 * 7 + 0.4 * 3 - 0.3) + 0.15);
});

test('a profile of another prior is refused', () => {
  assert.throws(() => ownerModel(prior, { ...profile, table: 'graphs/0' }), /learned against graphs\/0, not graphs\/1/);
});

/** Two people with offsets of 0.125 + 16/64 and -0.25 - 32/64, and variances of so many times the population's. */
function twoPeople(scales: readonly [number, number]) {
  const graph = { shared: Float32Array.of(0.125, -0.25), effects: Int8Array.of(16, -32), step: 1 / 64 };
  const crowd: GraphCrowd = {
    people: 2,
    ...scalesOf([0, 1, 2, 3].map(() => Float64Array.from(scales, Math.log))),
    graph: () => graph,
  };
  const asOwners = [0.375, -0.75].map((offset, j) => {
    const own = { ...unknown, graphs: { t: [-2.05 + offset, 0.06 * (scales[j] ?? 0), 9] as const } };
    return ownerModel(prior, { ...profile, types: profile.types.map(() => own) });
  });
  return { crowd, asOwners };
}

for (const [what, scales, values] of [
  ['two times', [2, 0.5], [-1.95, -2.6]],
  [
    'a hundred times, which are more than are multiplied at once',
    [2, 0.5],
    Array.from({ length: 100 }, (_, i) => -3 + i / 50),
  ],
  ['times at the bounds of a ratio', [0.001, 0.002], [-1.675, -2.8, -2.2, 3, -9]],
] as const) {
  test(`an invented person is scored as an owner with his means and variances would be: ${what}`, () => {
    const { crowd, asOwners } = twoPeople(scales);
    const tally = crowdTally(2);
    addCrowd(tally, crowd, values.map(t));
    for (const [j, { sitting }] of asOwners.entries())
      near(
        tally.sums[j],
        values.reduce((sum, value) => sum + sitting().score(t(value)), 0),
      );
    assert.deepEqual([...tally.counts], [values.length, 0, 0, 0]);
  });
}

test('both bounds of a ratio are reached by one of two people', () => {
  const { asOwners } = twoPeople([0.001, 0.002]);
  const [first, second] = asOwners.map(({ sitting }) => [-1.675, -2.8].map((value) => sitting().score(t(value))));
  assert.deepEqual(
    [first, second],
    [
      [1.5, -2.5],
      [-2.5, 1.5],
    ],
  );
});

test('the score of a window: weighted means, the owner against the soft maximum of the crowd', () => {
  const owner = ownerModel(prior, profile);
  const sums = Float64Array.of(1, 5, 2, -4, 3, 2, -2, 1);
  const tally = { counts: Float64Array.of(10, 9, 9, 8), sums, corrections: 0 };
  near(graphScore(owner, Float64Array.of(4, 3, -1, 2), tally, 10), 0.30370411415388743);
  assert.equal(graphScore(owner, new Float64Array(4), crowdTally(2), 0), null, 'nothing was typed');
});

test('the habit of correcting is counted with its share of the evidence', () => {
  const own = { ...profile, corrections: { pairs: 1000, corrections: 60 } };
  const tally = { counts: Float64Array.of(50, 49, 49, 48), sums: new Float64Array(8), corrections: 4 };
  const score = (of: GraphProfile): number => graphScore(ownerModel(prior, of), new Float64Array(4), tally, 50) ?? NaN;
  // SciPy's ratio of these counts is 1.78039 (correction-habit.test.ts); 0.3 of it over 0.2 x 50 keystrokes.
  near(score(own) - score(profile), (0.3 * 1.7803905319494184) / 10);
});

test('sums are by type', () => {
  const { sitting } = ownerModel(prior, profile);
  const pair = judged(prior, { type: 2, graph: 't|a', group: '3,0', kind: 1, value: -1 });
  const sums = ownerSums(sitting(), [t(-1.95), pair, t(-2.3)]);
  near(sums[0], -0.019933744992384983 - 0.45288667083083034);
  assert.notEqual(sums[2], 0);
  assert.deepEqual([sums[1], sums[3]], [0, 0]);
  const stranger: GraphBelief = { ...pair.belief, type: 7 };
  assert.throws(() => sitting().score({ ...pair, belief: stranger }), /graph type 7/);
});

test('calibration: a line in ln keys between two sizes, that of the nearest outside them', () => {
  const { calibration } = smallGraphPrior;
  near(graphRatio(calibration, 0.4, 20), 6 * 0.4 - 2.5);
  near(graphRatio(calibration, 0.4, 50), 9 * 0.4 - 3);
  near(graphRatio(calibration, 0.4, 30), 0.2097549345448324);
  near(graphRatio(calibration, 0.4, 5), 6 * 0.4 - 2.5);
  near(graphRatio(calibration, 0.4, 5000), 9 * 0.4 - 3);
  near(graphRatio({ measured: '', sizes: calibration.sizes.slice(0, 1) }, 0.4, 33), 6 * 0.4 - 2.5);
});
