import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedAt, ownerModel } from '../infer/owner-model.ts';
import { smallGraphPrior } from './graph-prior.fixture.ts';
import { graphPriorOf } from './graph-prior.ts';
import { inventedTypists } from './invented-typing.ts';

const prior = graphPriorOf(smallGraphPrior);
const unknown = { offset: 0, classOffsets: [], scale: 1, graphs: {} };
/** Holds `t` for longer than people do: ln seconds of -1.5 instead of -2.05, with a variance of 0.04. */
const owner = ownerModel(prior, {
  ...{ format: 1, table: 'graphs/1', strokes: 900, sittings: 1, corrections: { pairs: 0, corrections: 0 } },
  types: [{ ...unknown, graphs: { t: [-1.5, 0.04, 60] } }, unknown, unknown, unknown],
});
const belief = prior.belief({ type: 0, graph: 't', group: '3', kind: 3 });
const COUNT = 4000;
const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const variance = (xs: readonly number[]): number => mean(xs.map((x) => (x - mean(xs)) ** 2));
const about = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected} within ${within}`);

/** What each of them makes of one time of the owner's. */
function typed(value: number, leastUnlike: number): number[] {
  const people = inventedTypists(prior, COUNT, 11, leastUnlike);
  return Array.from({ length: COUNT }, (_, person) => {
    const [one] = people.typing(person, [judgedAt(belief, value)], owner);
    return one?.value ?? Number.NaN;
  });
}

test('drawn independently they are as the prior says, whatever the owner is like', () => {
  // Around the population: general variance 0.04, class 0.01, graph 0.007. Standard errors: 0.0038 and 0.0013.
  const values = typed(-1.5, 1);
  about(mean(values), -2.05, 0.012);
  about(variance(values), 0.057, 0.004);
});

test('the owner’s own deviation goes with them at their scale', () => {
  const [usual, slow] = [typed(-1.5, 1), typed(-1.1, 1)];
  // 0.4 is 2 sd of the owner's; theirs is sqrt(0.06 e^x) with x of mean -0.3 and variance 0.04: 2 * 0.245 * exp(-0.15 + 0.005).
  about(mean(slow.map((x, i) => x - (usual[i] ?? 0))), 2 * Math.sqrt(0.06) * Math.exp(-0.145), 0.006);
});

test('real people are more alike: the first of them differs by half, the last in full', () => {
  const [whole, half] = [typed(-1.5, 1), typed(-1.5, 0.5)];
  const shareOf = (from: number, to: number): number =>
    mean(half.slice(from, to).map((x) => x + 1.5)) / mean(whole.slice(from, to).map((x) => x + 1.5));
  about(shareOf(0, 400), 0.525, 0.03);
  about(shareOf(3600, 4000), 0.975, 0.03);
});

test('what the population says of the moved time is that of the new value', () => {
  const [one] = inventedTypists(prior, 1, 3).typing(0, [judgedAt(belief, -1.5)], owner);
  assert.ok(one !== undefined && one.value !== -1.5);
  assert.deepEqual(one, judgedAt(belief, one.value));
});
