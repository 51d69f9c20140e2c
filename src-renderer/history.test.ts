import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State, TrustPoint } from '../src-preload/contract.ts';
import { appendPoint, chartRows, gapMs, mergeHistory, stateChanges } from './history.ts';

const MINUTE = 60_000;
const point = (atMs: number, trust: number | null = 90, state: State = 'NORMAL'): TrustPoint => ({
  atMs,
  trust,
  low: trust === null ? null : trust - 5,
  high: trust === null ? null : trust + 5,
  state,
});
const times = (points: readonly TrustPoint[]): readonly number[] => points.map(({ atMs }) => atMs);

test('a point a second for an hour leaves 300 points of the last half hour, the newest exact', () => {
  let history: readonly TrustPoint[] = [];
  for (let second = 1; second <= 3600; second += 1) history = appendPoint(history, point(second * 1000));
  // Buckets of 6 s: the newest point, 3600 s, opens a bucket of its own; the one before it ends with 3599 s.
  assert.equal(history.length, 300);
  assert.deepEqual(times(history).slice(-3), [3_593_000, 3_599_000, 3_600_000]);
  assert.ok((history[0]?.atMs ?? 0) > 1_800_000);
});

test('a kept point stays where it is while later ones arrive', () => {
  const first = [0, 6000, 12_000].reduce<readonly TrustPoint[]>((all, ms) => appendPoint(all, point(ms)), []);
  assert.deepEqual(times(appendPoint(first, point(17_000))), [0, 6000, 17_000]);
  assert.deepEqual(times(appendPoint(first, point(18_000))), [0, 6000, 12_000, 18_000]);
});

test('a change of state or the loss of the score inside one bucket is not thinned away', () => {
  const points = [
    point(0),
    point(1000, 60, 'MONITORING'),
    point(2000, 61, 'MONITORING'),
    point(3000, null, 'LEARNING'),
  ];
  const history = points.reduce<readonly TrustPoint[]>(appendPoint, []);
  assert.deepEqual(times(history), [0, 2000, 3000]);
});

test('when the clock is set back, the fresh point is believed', () => {
  const history = [point(100 * MINUTE), point(101 * MINUTE)];
  assert.deepEqual(times(appendPoint(history, point(40 * MINUTE))), [40 * MINUTE]);
});

test('a fetched history goes under what was pushed meanwhile, whatever its order', () => {
  const merged = mergeHistory([point(20_000), point(10_000)], [point(15_000), point(20_000, 50), point(30_000)]);
  assert.deepEqual(times(merged), [10_000, 20_000, 30_000]);
  assert.equal(merged[1]?.trust, 90);
});

test('a fetched history is cut to the last half hour, and an empty one leaves what was pushed', () => {
  assert.deepEqual(times(mergeHistory([point(0), point(MINUTE), point(31 * MINUTE)], [])), [31 * MINUTE]);
  assert.deepEqual(times(mergeHistory([], [point(MINUTE)])), [MINUTE]);
  assert.deepEqual(mergeHistory([], []), []);
});

test('more than 30 s between two points is a gap; a point without neighbours is marked', () => {
  const rows = chartRows([point(0), point(30_000), point(60_001), point(200_000, null, 'LEARNING')]);
  assert.deepEqual(
    rows.map(({ atMs, trust, alone }) => [atMs, trust, alone]),
    [
      [0, 90, false],
      [30_000, 90, false],
      [30_001, null, false],
      [60_001, 90, true],
      [60_002, null, false],
      [200_000, null, false],
    ],
  );
  assert.deepEqual(rows[0]?.band, [85, 95]);
  assert.equal(rows[2]?.band, null);
});

test('changes of state are found between neighbours, the first point is none', () => {
  const points = [point(1, null, 'LEARNING'), point(2), point(3), point(4, 60, 'MONITORING')];
  assert.deepEqual(stateChanges(points), [
    { atMs: 2, from: 'LEARNING', to: 'NORMAL' },
    { atMs: 4, from: 'NORMAL', to: 'MONITORING' },
  ]);
});

test('a gap is twice the usual distance: a thinned month of working days still shows its nights', () => {
  const HOUR = 60 * MINUTE;
  // Ten days of eight hours, a point every 16 minutes: 30 a day, 300 in all; the nights are 16 hours.
  const month = Array.from({ length: 300 }, (_, n) => point(Math.floor(n / 30) * 24 * HOUR + (n % 30) * 16 * MINUTE));
  assert.equal(gapMs(month, 30 * 24 * HOUR), 32 * MINUTE);
  assert.equal(chartRows(month, gapMs(month, 30 * 24 * HOUR)).filter(({ trust }) => trust === null).length, 9);
});

test('a gap is never shorter than six missing points, nor longer than two and a half buckets', () => {
  const HOUR = 60 * MINUTE;
  assert.equal(gapMs([point(0), point(5000), point(10_000)], HOUR), 30_000);
  assert.equal(gapMs([], HOUR), 30_000);
  // Two lone points 20 hours apart in a day, whose buckets are 4.8 minutes.
  assert.equal(gapMs([point(0), point(20 * HOUR)], 24 * HOUR), 12 * MINUTE);
});

test('a merged history of a month keeps to 300 points', () => {
  const HOUR = 60 * MINUTE;
  const fetched = Array.from({ length: 720 }, (_, hour) => point((hour + 1) * HOUR));
  const merged = mergeHistory(fetched, [point(721 * HOUR)], 720 * HOUR);
  assert.equal(merged.length, 300);
  assert.equal(merged.at(-1)?.atMs, 721 * HOUR);
});
