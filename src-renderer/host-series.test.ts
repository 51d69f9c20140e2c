import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../src-preload/thin-series.ts';
import { highestOf, rowAt, seriesRows, shareMs, withFetched, withView } from './host-series.ts';
import { AT_MS, hostView, metricView } from './host-view.fixture.ts';

const BUSY = 'cpu.busyPercent';
const LINES = [
  { key: BUSY, label: 'busy' },
  { key: 'cpu.iowaitPercent', label: 'waiting' },
];
const RANGE_MS = 300_000;
const every = (ms: number, count: number, value: (i: number) => number): Point[] =>
  Array.from({ length: count }, (_, i) => [i * ms + 500, value(i)]);

test('what was pushed meanwhile stays behind what is fetched', () => {
  const pushed = new Map([
    [
      BUSY,
      [
        [1000, 1],
        [2000, 2],
        [3000, 3],
      ] as Point[],
    ],
  ]);
  const known = withFetched(pushed, [
    {
      key: BUSY,
      unit: '%',
      points: [
        [1000, 10],
        [2000, 20],
      ],
    },
  ]);
  assert.deepEqual(known.get(BUSY), [
    [1000, 10],
    [2000, 20],
    [3000, 3],
  ]);
});

test('a view adds its readings once, where they are new, and forgets what is older than the range', () => {
  const keys = new Set([BUSY]);
  const view = hostView({ metrics: [metricView(BUSY, 7), metricView('memory.usedPercent', 1)] });
  const before = new Map([
    [
      BUSY,
      [
        [AT_MS - RANGE_MS - 1, 1],
        [AT_MS - 1000, 2],
      ] as Point[],
    ],
  ]);
  const once = withView(before, view, keys, RANGE_MS);
  assert.deepEqual(
    [...once],
    [
      [
        BUSY,
        [
          [AT_MS - 1000, 2],
          [AT_MS, 7],
        ],
      ],
    ],
  );
  assert.deepEqual(withView(once, view, keys, RANGE_MS), once);
  const nothing = hostView({ metrics: [metricView(BUSY, null)] });
  assert.deepEqual(withView(new Map(), nothing, keys, RANGE_MS), new Map());
});

test('rows hold all lines of a moment; a gap is an empty row, and what is not read has no value', () => {
  const series = new Map([
    [
      BUSY,
      [
        [500, 1],
        [1500, 2],
        [9500, 3],
      ] as Point[],
    ],
    ['cpu.iowaitPercent', [[1500, 5]] as Point[]],
  ]);
  assert.deepEqual(seriesRows(LINES, series, [0, RANGE_MS], 1000), [
    { atMs: 500, values: [1, null] },
    { atMs: 1500, values: [2, 5] },
    { atMs: 1501, values: [null, null] },
    { atMs: 9500, values: [3, null] },
  ]);
  // A collector that reads each ten seconds has no gap there.
  assert.equal(seriesRows(LINES, series, [0, RANGE_MS], 10_000).length, 3);
});

test('a quarter of an hour is drawn with at most 300 points a line, five minutes with every reading', () => {
  const series = new Map([[BUSY, every(1000, 900, (i) => i % 3)]]);
  const long = seriesRows(LINES, series, [0, 900_000], 1000);
  assert.equal(shareMs(900_000), 3000);
  assert.equal(long.length, 300);
  assert.ok(
    long.every(({ values }) => values[0] === 1),
    'the mean of 0, 1 and 2',
  );
  assert.equal(seriesRows(LINES, series, [600_000, 900_000], 1000).length, 300);
});

test('the row under the cross-hair is the nearest with a value, unless that is too far', () => {
  const rows = [
    { atMs: 1000, values: [1] },
    { atMs: 1001, values: [null] },
    { atMs: 9000, values: [2] },
  ];
  assert.equal(rowAt(rows, 1002, 3000)?.atMs, 1000);
  assert.equal(rowAt(rows, 8000, 3000)?.atMs, 9000);
  assert.equal(rowAt(rows, 5000, 3000), null);
  assert.equal(highestOf(rows), 2);
});
