import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feature } from '../agent/features/index.ts';
import { populationOf } from './population.ts';

const feature = (name: string, scale: Feature['scale']): Feature => ({
  name,
  unit: 'ms',
  scale,
  words: name,
  definition: '',
});

test('means, spreads and correlations, worked out by hand', () => {
  // Eight people with means -7, -5 ... 7 in x and the double in y; each has two windows at +-1 in x and -+1 in y.
  const people = [-7, -5, -3, -1, 1, 3, 5, 7].map((c) => [
    Float32Array.of(c + 1, 2 * c - 1),
    Float32Array.of(c - 1, 2 * c + 1),
  ]);
  const found = populationOf(people, [feature('x.a', 'linear'), feature('y.a', 'linear')]);
  assert.deepEqual(found.mean, [0, 0]);
  // Mean square of 1, 9, 25, 49 is 21.
  assert.deepEqual(found.sdBetween, [4.5826, 9.1652]);
  assert.deepEqual(found.sdWithin, [1, 1]);
  assert.deepEqual(found.corrBetween, [800], 'perfect correlation shrunk by the stated share');
  assert.deepEqual(found.corrWithin, [-900]);
});

test('a feature that too few people have takes the average of its kind and correlates with nothing', () => {
  const people = Array.from({ length: 8 }, (_, p) => [
    Float32Array.of(10 + p, 20 + 3 * p, p < 2 ? 5 : Number.NaN),
    Float32Array.of(12 + p, 22 + 3 * p, Number.NaN),
  ]);
  const found = populationOf(
    people,
    ['k.a', 'k.b', 'k.c'].map((name) => feature(name, 'linear')),
  );
  assert.equal(found.mean[2], ((found.mean[0] ?? 0) + (found.mean[1] ?? 0)) / 2);
  assert.deepEqual(found.corrBetween.slice(1), [0, 0]);
});

test('features on a log scale are averaged there', () => {
  const people = Array.from({ length: 8 }, () => [Float32Array.of(Math.E - 1), Float32Array.of(Math.E ** 3 - 1)]);
  const { mean, sdWithin } = populationOf(people, [feature('t.a', 'log')]);
  assert.deepEqual([mean[0], sdWithin[0]], [2, 1]);
});
