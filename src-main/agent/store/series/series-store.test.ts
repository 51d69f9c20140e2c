import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemoryStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { HOST_SERIES } from './streams.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Midnight UTC. */
const START = Date.UTC(2026, 10, 1);
const BUSY = HOST_SERIES.indexOf('cpu.busyPercent');

/** A reading of the processor alone. */
function add(store: Store, atMs: number, busy: number): void {
  const row = new Float64Array(HOST_SERIES.length).fill(NaN);
  row[BUSY] = busy;
  store.addRow('host', atMs * 1000, row);
}

const read = (store: Store, fromMs: number, toMs: number, maxPoints = 10_000) =>
  store.readSeries({ series: 'cpu.busyPercent', fromMs, toMs, maxPoints });

/** Readings a second apart that need no rounding. */
function fill(store: Store, fromMs: number, count: number, value = (n: number): number => n % 64): void {
  for (let n = 0; n < count; n++) add(store, fromMs + n * SECOND, value(n));
}

test('what has just been read is there to the millisecond, and after the hour as well', () => {
  const store = openMemoryStore();
  fill(store, START + 500, 100);
  const expected = Array.from({ length: 11 }, (_, n) => ({
    ...{ atMs: START + 500 + (20 + n) * SECOND, count: 1 },
    ...{ min: 20 + n, mean: 20 + n, max: 20 + n },
  }));
  const span = [START + 20_500, START + 30_500] as const;
  assert.deepEqual(read(store, ...span), { stepMs: 0, points: expected });
  store.prune(START + HOUR);
  assert.deepEqual(read(store, ...span), { stepMs: 0, points: expected });
});

test('the tier goes by the span: minutes and five minutes hold the least, the mean and the greatest', () => {
  const store = openMemoryStore();
  fill(store, START, 2 * 3600, (n) => n % 60);
  const minute = { count: 60, min: 0, mean: 29.5, max: 59 };
  for (const rolled of [false, true]) {
    if (rolled) store.prune(START + 2 * HOUR);
    const minutes = read(store, START, START + 2 * HOUR - 1, 121);
    assert.equal(minutes.stepMs, MINUTE);
    assert.deepEqual(
      minutes.points,
      Array.from({ length: 120 }, (_, n) => ({ atMs: START + n * MINUTE, ...minute })),
    );
    const fives = read(store, START, START + 2 * HOUR - 1, 25);
    assert.equal(fives.stepMs, 5 * MINUTE);
    assert.deepEqual(fives.points[1], { atMs: START + 5 * MINUTE, ...minute, count: 300 });
    assert.equal(fives.points.length, 24);
  }
});

test('never more points than are wanted, and every reading in one of them', () => {
  const store = openMemoryStore();
  fill(store, START, 4000);
  for (const maxPoints of [2, 3, 7, 50, 333, 1000, 4000]) {
    const { points } = read(store, START + 777, START + 3_999_000, maxPoints);
    assert.ok(points.length <= maxPoints, `${points.length} for ${maxPoints}`);
    const counted = points.reduce((sum, { count }) => sum + count, 0);
    // A minute that the span begins in is whole.
    assert.ok(counted === 3999 || counted === 4000, `${counted} of ${maxPoints}`);
  }
});

test('a series that is not kept is an error, one without readings is empty', () => {
  const store = openMemoryStore();
  assert.throws(() => store.readSeries({ series: 'cpu.nothing', fromMs: 0, toMs: 9, maxPoints: 9 }), {
    name: 'StoreError',
    message: /the history has no series cpu\.nothing/,
  });
  add(store, START, 5);
  assert.deepEqual(store.readSeries({ series: 'sensors.hottestC', fromMs: 0, toMs: 2e12, maxPoints: 9 }).points, []);
});

test('seconds stay for a day, minutes for a week, five minutes as long as the history', () => {
  const store = openMemoryStore();
  // A reading every ten minutes for 32 days, with the upkeep of every hour.
  for (let hour = 0; hour < 32 * 24; hour++) {
    for (let n = 0; n < 6; n++) add(store, START + hour * HOUR + n * 10 * MINUTE, 8);
    store.prune(START + (hour + 1) * HOUR);
  }
  const end = START + 32 * DAY;
  // An answer from a coarser tier says so by its step.
  const stepAt = (ago: number): number => read(store, end - ago, end - ago + 30 * MINUTE).stepMs;
  assert.deepEqual([HOUR, 23 * HOUR, 26 * HOUR, 6 * DAY, 9 * DAY, 29 * DAY].map(stepAt), [
    ...[0, 0],
    ...[MINUTE, MINUTE],
    ...[5 * MINUTE, 5 * MINUTE],
  ]);
  assert.equal(read(store, end - 29 * DAY, end).points.length, 29 * 144);
  assert.deepEqual(read(store, START, START + 12 * HOUR).points, []);
});

test('a clock that is set back an hour opens the hour again: nothing is replaced', () => {
  const store = openMemoryStore();
  fill(store, START, 3600, () => 4);
  store.prune(START + HOUR + MINUTE);
  // The same half hour again, some of it at the very same milliseconds.
  fill(store, START, 1800, () => 16);
  store.prune(START + 2 * HOUR);
  const { points } = read(store, START, START + HOUR - 1, 61);
  assert.deepEqual(points[0], { atMs: START, count: 120, min: 4, mean: 10, max: 16 });
  assert.deepEqual(points[59], { atMs: START + 59 * MINUTE, count: 60, min: 4, mean: 4, max: 4 });
  const single = read(store, START, START + HOUR - 1, 10_000).points;
  assert.deepEqual([single.length, single[0]?.mean, single[1]?.mean], [5400, 4, 16]);
});

test('a clock that jumps a year ahead and back leaves what there was, and what was read meanwhile', () => {
  const store = openMemoryStore();
  for (let hour = 0; hour < 48; hour++) {
    fill(store, START + hour * HOUR, 60);
    store.prune(START + (hour + 1) * HOUR);
  }
  const now = START + 48 * HOUR;
  const wrong = now + 365 * DAY;
  fill(store, wrong, 60, () => 32);
  store.prune(wrong + MINUTE);
  fill(store, now, 60, () => 2);
  store.prune(now + HOUR);
  // All two days in five minutes, and the last of them second by second: six hours of belief were lost at most.
  assert.equal(read(store, START, now - 1).points.length, 48);
  assert.equal(read(store, now - 17 * HOUR, now - 1).points.length, 17 * 60);
  assert.equal(read(store, wrong, wrong + MINUTE).points.length, 60);
  assert.deepEqual(
    read(store, now, now + HOUR).points.map(({ mean }) => mean),
    Array.from({ length: 60 }, () => 2),
  );
});

test('a clock that begins in 1970 drops nothing', () => {
  const store = openMemoryStore();
  fill(store, START, 60);
  store.prune(START + HOUR);
  fill(store, 5000, 60, () => 1);
  store.prune(HOUR);
  assert.equal(read(store, START, START + HOUR).points.length, 60);
  assert.equal(read(store, 0, HOUR).points.length, 60);
});

test('raw events stay for an hour, and hold what they were given', () => {
  const store = openMemoryStore();
  const parts = { disk: { vda: { busyPercent: 12.345, queueLength: null } } };
  store.addEvent(START * 1000, { kind: 'metric', parts });
  store.addScore({ ts: (START + 5) * 1000, modality: 'mouse', raw: 1, llr: -0.5, points: 2 });
  const vector = Float32Array.of(1);
  store.addWindow({ ts: (START + 6) * 1000, modality: 'mouse', profile: 1, events: 9, newEvents: 4, vector });
  const expected = [
    { us: START * 1000, kind: 'metric', parts },
    { us: (START + 5) * 1000, kind: 'score', modality: 'mouse', raw: 1, llr: -0.5, points: 2 },
    { us: (START + 6) * 1000, kind: 'feature', modality: 'mouse', events: 9, newEvents: 4 },
  ];
  assert.deepEqual(store.rawEvents(START, START + 6), expected);
  store.prune(START + HOUR);
  assert.deepEqual(store.rawEvents(0, 2e12), expected);
  store.prune(START + HOUR + 5);
  assert.deepEqual(store.rawEvents(0, 2e12), expected.slice(1));
});

test('a row of another length is refused', () => {
  const store = openMemoryStore();
  assert.throws(() => store.addRow('host', 1, new Float64Array(3)), { message: /has 48 values, not 3/ });
});
