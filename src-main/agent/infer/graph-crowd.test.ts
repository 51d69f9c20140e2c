import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallGraphPrior } from '../learn/graph-prior.fixture.ts';
import { graphPriorOf } from '../learn/graph-prior.ts';
import { createRandom } from '../learn/random.ts';
import { CROWD_SIZE, graphCrowd, type CrowdGraph } from './graph-crowd.ts';

const prior = graphPriorOf(smallGraphPrior);
const PEOPLE = 20_000;
const crowd = graphCrowd(prior, PEOPLE, 9);
const about = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected} within ${within}`);
const mean = (xs: ArrayLike<number>): number => Array.from(xs).reduce((sum, x) => sum + x, 0) / xs.length;
const covariance = (xs: ArrayLike<number>, ys: ArrayLike<number>): number => {
  const [mx, my] = [mean(xs), mean(ys)];
  return mean(Array.from(xs, (x, i) => (x - mx) * ((ys[i] ?? 0) - my)));
};
const hold = prior.belief({ type: 0, graph: 't', group: '3', kind: 3 });
const pairs = [1, 2, 3].map((type) => prior.belief({ type, graph: 't|a', group: '3,0', kind: 1 }));
const effects = ({ effects, step }: CrowdGraph): Float64Array => Float64Array.from(effects, (z) => step * z);

test('invented people have the means, spreads and correlations that the prior states', () => {
  const [shared, other] = [crowd.graph(hold).shared, crowd.graph(pairs[0] ?? hold).shared];
  // General variance 0.04 and class variance 0.01; the general offsets of hold and pp have covariance 0.02. Standard errors: of a
  // mean sd / sqrt(n) = 0.0016, of a variance v * sqrt(2 / n) = 0.0005.
  about(mean(shared), 0, 0.006);
  about(covariance(shared, shared), 0.05, 0.002);
  about(covariance(shared, other), 0.02, 0.0015);
  const logScales = crowd.scales[0]?.map(Math.log) ?? new Float64Array(1);
  about(mean(logScales), -0.3, 0.006);
  about(covariance(logScales, logScales), 0.04, 0.0015);
  about(covariance(logScales, shared), 0, 0.0015);
});

test('effects of graphs have the variance of the type; those of one pair go together, those of two graphs do not', () => {
  const own = effects(crowd.graph(hold));
  about(covariance(own, own), 0.007, 0.0003);
  const [pp, rp, rr] = pairs.map((belief) => effects(crowd.graph(belief)));
  assert.ok(pp !== undefined && rp !== undefined && rr !== undefined);
  const correlation = (a: Float64Array, b: Float64Array): number =>
    covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
  about(covariance(pp, pp), 0.037, 0.0015);
  about(correlation(pp, rp), 0.8, 0.015);
  about(correlation(pp, rr), 0.7, 0.015);
  about(correlation(rp, rr), 0.75, 0.015);
  about(correlation(own, pp), 0, 0.03);
});

test('the crowd does not depend on the order in which graphs are typed, but on the seed', () => {
  const [one, two] = [graphCrowd(prior, 50, 3), graphCrowd(prior, 50, 3)];
  const first = one.graph(hold);
  for (const belief of pairs.toReversed()) two.graph(belief);
  assert.deepEqual(two.graph(hold), first);
  assert.deepEqual(one.graph(pairs[2] ?? hold), two.graph(pairs[2] ?? hold));
  assert.notDeepEqual(graphCrowd(prior, 50, 4).graph(hold), first);
  // Frozen, on every machine.
  assert.equal(CROWD_SIZE, 1000);
});

test('effects are the draws of the shipped generator, to the byte', () => {
  // As they were drawn before there was a quicker way: the frozen crowd must not move.
  const { normal } = createRandom(hashOf('hold graph t', 9));
  const [ppRp, ppRr, rpRr] = prior.file.graphCorrelation;
  const bytes = (units: number): number => Math.min(127, Math.max(-127, Math.round(32 * units)));
  const people = Array.from({ length: PEOPLE }, normal);
  assert.deepEqual(crowd.graph(hold).effects, Int8Array.from(people, bytes));
  // Cholesky's factor of the three correlations, by hand.
  const second = Math.sqrt(1 - ppRp ** 2);
  const across = (rpRr - ppRp * ppRr) / second;
  const third = Math.sqrt(1 - ppRr ** 2 - across ** 2);
  const { normal: ofPair } = createRandom(hashOf('pair graph t|a', 9));
  const drawn = Array.from({ length: PEOPLE }, () => [ofPair(), ofPair(), ofPair()] as const);
  for (const [i, of] of [
    ([x]: (typeof drawn)[number]) => x,
    ([x, y]: (typeof drawn)[number]) => ppRp * x + second * y,
    ([x, y, z]: (typeof drawn)[number]) => ppRr * x + across * y + third * z,
  ].entries()) {
    assert.deepEqual(
      crowd.graph(pairs[i] ?? hold).effects,
      Int8Array.from(drawn, (draw) => bytes(of(draw))),
    );
  }
});

/** FNV-1a of 32 bits, begun with the seed. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 16_777_619);
  return hash >>> 0;
}

test('a prior of people who can not exist is refused', () => {
  const covariance = [...smallGraphPrior.theta.covariance];
  covariance[0] = -1;
  const impossible = graphPriorOf({ ...smallGraphPrior, theta: { ...smallGraphPrior.theta, covariance } });
  assert.throws(() => graphCrowd(impossible), RangeError);
});
