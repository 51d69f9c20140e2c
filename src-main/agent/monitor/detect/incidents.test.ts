import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from './family-detector.ts';
import { createIncidents } from './incidents.ts';

const verdict = (raw: number): Verdict => ({ raw, channel: 'level', metric: 0, value: 5, z: 9, usual: 0 });

/** What is told at which second, of scores second by second. */
function told(scores: readonly number[]): readonly (readonly [second: number, raw: number])[] {
  const incidents = createIncidents({ settleMs: 4000, quietMs: 60_000 });
  return scores.flatMap((raw, second) => {
    const one = incidents.push(verdict(raw), second * 1000);
    return one === null ? [] : [[second, one.raw] as const];
  });
}
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

test('the worst of the first seconds is told, once', () => {
  assert.deepEqual(told([0, 0.9, 1, 3, 8, 6, 7, 8, 9, 9]), [[6, 8]]);
});

test('one that is over before it is told is told all the same', () => {
  assert.deepEqual(told([0, 2, 0, 0, 0, 0, 0]), [[5, 2]]);
});

test('what follows belongs to it, until it has been quiet for the span', () => {
  assert.deepEqual(told([2, ...zeros(50), 2, ...zeros(50), 2, ...zeros(10)]), [[4, 2]]);
  assert.deepEqual(told([2, ...zeros(70), 2, ...zeros(10)]), [
    [4, 2],
    [75, 2],
  ]);
});

test('what is far worse is something new', () => {
  assert.deepEqual(told([2, ...zeros(10), 20, ...zeros(10), 21, ...zeros(10)]), [
    [4, 2],
    [26, 21],
  ]);
});

test('that it goes on for long is part of it, and else an incident of its own', () => {
  const incidents = createIncidents({ settleMs: 0, quietMs: 60_000 });
  const sustained = { ...verdict(500), channel: 'sustained' } as const;
  assert.equal(incidents.push(verdict(2), 0)?.raw, 2);
  assert.equal(incidents.push(sustained, 50_000), null);
  assert.equal(incidents.push(sustained, 100_000), null, 'it was there half a minute ago');
  assert.equal(incidents.push(sustained, 200_000), sustained);
});

test('one that was not told yet can be forgotten', () => {
  const incidents = createIncidents({ settleMs: 4000, quietMs: 60_000 });
  incidents.push(verdict(5), 0);
  incidents.forget();
  assert.equal(incidents.push(verdict(0), 5000), null);
});
