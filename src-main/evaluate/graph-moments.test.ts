import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphInstance } from '../agent/features/graphs.ts';
import { createRandom } from '../agent/learn/random.ts';
import { graphMoments } from './graph-moments.ts';

const near = (actual: number | undefined, expected: number, within: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < within, `${actual} is not ${expected} within ${within}`);

test('moments of invented people are those they were invented with', () => {
  // 200 people, 60 pairs in 5 classes, 20 times each: variances 0.1 within, 0.04 person, 0.02 class, 0.03 graph.
  const random = createRandom(6);
  const draw = (variance: number): number => Math.sqrt(variance) * random.normal();
  const means = Array.from({ length: 60 }, (_, g) => -1.4 + 0.05 * (g % 5) + draw(0.05));
  const people = Array.from({ length: 200 }, () => {
    const offset = draw(0.04);
    const classes = Array.from({ length: 5 }, () => draw(0.02));
    return means.flatMap((mean, g) => {
      const own = mean + offset + (classes[g % 5] ?? 0) + draw(0.03);
      const one = { type: 1, graph: `g${g}`, group: `group ${g % 5}`, kind: g % 5 };
      return Array.from({ length: 20 }, (): GraphInstance => ({ ...one, value: own + draw(0.1) }));
    });
  });
  const found = graphMoments(people);
  near(found.within, 0.1, 0.002);
  // Standard error of a variance of n people: v * sqrt(2 / n) = 0.004; a fifth of the class effects goes into the offset.
  near(found.person, 0.04 + 0.02 / 5, 0.012);
  near(found.personClass, 0.02 * 0.8, 0.004);
  // The class effect takes one of 12 graphs' freedom; the estimate is then raised by 15 % on purpose. Standard error 0.0004.
  near(found.personGraph, 1.15 * 0.03 * (11 / 12), 0.0015);
  near(found.graphSpread, 0.05, 0.03);
  for (const [g, mean] of means.entries()) {
    const [own, variance, within, typists] = found.graphs[`g${g}`] ?? [];
    // 200 people: standard error sqrt((0.04 + 0.02 + 0.03 + 0.1 / 20) / 200) = 0.022.
    near(own, mean, 0.08);
    near(variance, (0.03 + 0.02 + 0.1 / 20) / 200, 0.00008);
    near(within, 0.1, 0.01);
    assert.equal(typists, 200);
  }
});

test('worked out by hand: two values each of four people', () => {
  // Each person's mean is 0, 2, 4 or 6 on one graph, each value 1 away from it.
  const people = [0, 2, 4, 6].map((mean) =>
    [mean - 1, mean + 1].map((value): GraphInstance => ({ type: 0, graph: 'a', group: '0', kind: 0, value })),
  );
  const found = graphMoments(people);
  // Sum of squares 2 a person with 1 degree of freedom.
  assert.equal(found.within, 2);
  assert.equal(found.mean, 3);
  // Offsets -3, -1, 1, 3: mean square 5. With one graph all of it is general: the other spreads are at their floors.
  assert.equal(found.person, 5);
  assert.equal(found.personClass, 0.05 * 2);
  assert.deepEqual(found.groupMeans, {}, 'the only group of a key is its class');
  assert.equal(found.graphs['a']?.[0], 3);
  assert.equal(found.graphs['a']?.[3], 4);
});

test('what one or two people typed is not named', () => {
  const typed = (graph: string): GraphInstance => ({ type: 0, graph, group: '3', kind: 3, value: -2 });
  const people = [
    ['a', 'b', 'c'],
    ['a', 'b'],
    ['a', 'x'],
  ].map((keys) => keys.flatMap((k) => [typed(k), typed(k)]));
  assert.deepEqual(Object.keys(graphMoments(people).graphs), ['a']);
});
