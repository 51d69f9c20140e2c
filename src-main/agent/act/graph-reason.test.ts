import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgedGraph, OwnerModel } from '../infer/owner-model.ts';
import { graphReason, standings } from './graph-reason.ts';

/** An owner of whom 0 is expected of every time, give or take 1. */
const owner = { expects: () => ({ mean: 0, variance: 1, count: 9 }) } as Partial<OwnerModel> as OwnerModel;
const graph = (type: number, kind: number, value: number): JudgedGraph =>
  ({ belief: { type, kind }, value, population: 0 }) as Partial<JudgedGraph> as JudgedGraph;
const times = (type: number, kind: number, ...values: number[]): JudgedGraph[] =>
  values.map((value) => graph(type, kind, value));

test('times stand out together, by the fingers that make them', () => {
  // Four times 1 sd long are 4 / sqrt(4) = 2 sd; three of -1.2 are -3.6 / sqrt(3) = -2.08; two are too few.
  const graphs = [...times(0, 2, 1, 1, 1, 1), ...times(1, 0, -1.2, -1.2, -1.2), ...times(0, 8, 9, 9)];
  assert.deepEqual(
    standings(owner, graphs).map(({ words, sd }) => [words, Number(sd.toFixed(2))]),
    [
      ['times from one hand to the other', -2.08],
      ['hold times of the left hand', 2],
    ],
  );
  assert.equal(
    graphReason(owner, graphs, false),
    'times from one hand to the other 2.1 sd shorter than yours, hold times of the left hand 2.0 sd longer',
  );
  assert.equal(
    graphReason(owner, times(0, 5, 1, 1, 1, 1), false),
    'hold times of the right hand 2.0 sd longer than yours',
  );
});

test('nothing that stands out, and what fits', () => {
  assert.equal(graphReason(owner, times(0, 2, 0.2, -0.2, 0.1), false), 'many small differences from yours');
  assert.equal(graphReason(owner, times(0, 2, 0.2, -1.6, 0.1), true), '2 of 3 measured times are close to yours');
});
