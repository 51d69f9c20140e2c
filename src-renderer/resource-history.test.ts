import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandPath, historyRows, limitAxis, stepAt, stepSpans } from './resource-history.ts';
import type { PlotFrame } from './small-plot.ts';

const MINUTE = 60_000;
/** One point a minute from zero on: `null` where there was none. */
const everyMinute = (values: readonly (number | null)[]) => ({
  stepMs: MINUTE,
  points: values.flatMap((value, at): [number, number, number, number][] =>
    value === null ? [] : [[at * MINUTE, value, value, value]],
  ),
});

test('a point stands at the middle of its time, with its least and its greatest', () => {
  assert.deepEqual(historyRows({ stepMs: MINUTE, points: [[120_000, 1, 2, 5]] }), [
    { atMs: 150_000, values: [2, 1, 5] },
  ]);
  assert.deepEqual(historyRows({ stepMs: 0, points: [[120_000, 2, 2, 2]] }), [{ atMs: 120_000, values: [2, 2, 2] }]);
});

test('three minutes without a point are a gap, two are not', () => {
  const rows = historyRows(everyMinute([1, null, 1, null, null, 1]));
  assert.deepEqual(
    rows.map(({ atMs, values }) => [atMs, values[0]]),
    [
      [30_000, 1],
      [150_000, 1],
      [150_001, null],
      [330_000, 1],
    ],
  );
});

test('single readings: a minute without one is no gap yet', () => {
  const at = (...seconds: number[]) => ({
    stepMs: 0,
    points: seconds.map((second): [number, number, number, number] => [second * 1000, 1, 1, 1]),
  });
  assert.equal(historyRows(at(0, 15, 75)).length, 3);
  assert.equal(historyRows(at(0, 15, 76)).length, 4);
});

test('steps: each stretch with its step, none over a gap, the newest to the end of its time', () => {
  const spans = stepSpans(everyMinute([0, 1, 1, 3, 0, 3, null, null, 3]));
  assert.deepEqual(spans, [
    { fromMs: MINUTE, toMs: 3 * MINUTE, step: 1 },
    { fromMs: 3 * MINUTE, toMs: 4 * MINUTE, step: 3 },
    { fromMs: 5 * MINUTE, toMs: 6 * MINUTE, step: 3 },
    { fromMs: 8 * MINUTE, toMs: 9 * MINUTE, step: 3 },
  ]);
  assert.equal(stepAt(spans, 2 * MINUTE), 1);
  assert.equal(stepAt(spans, 3 * MINUTE), 3);
  assert.equal(stepAt(spans, 7 * MINUTE), 0);
});

test('a step that was in force for a part of the time counts for all of it', () => {
  assert.deepEqual(stepSpans({ stepMs: MINUTE, points: [[0, 0, 0.4, 2]] }), [{ fromMs: 0, toMs: MINUTE, step: 2 }]);
});

test('the axis ends at the limit, above it where more was used, and below it where hardly anything was', () => {
  const ends = (highest: number, limit: number | null) => {
    const { top, holdsLimit } = limitAxis(highest, limit, 'MiB', 10);
    return [top, holdsLimit];
  };
  assert.deepEqual(ends(84, 400), [400, true]);
  // An eighth of 400.
  assert.deepEqual(ends(50, 400), [400, true]);
  assert.deepEqual(ends(49, 400), [50, false]);
  assert.deepEqual(ends(431, 400), [500, true]);
  assert.deepEqual(ends(3, 1024), [10, false]);
  assert.deepEqual(ends(84, null), [100, false]);
});

test('the outline: there along the greatest, back along the least, one for each run', () => {
  const frame: PlotFrame = {
    ...{ left: 0, right: 100, top: 0, bottom: 100 },
    xOf: (atMs) => atMs,
    yOf: (value) => 100 - value,
    msOf: (x) => x,
  };
  const row = (atMs: number, least: number | null, greatest: number | null) => ({
    atMs,
    values: [least, least, greatest],
  });
  const rows = [
    row(1, 10, 20),
    row(2, 11, 22),
    row(3, null, null),
    row(5, 1, 2),
    row(6, null, null),
    row(7, 5, 6),
    row(8, 5, 7),
  ];
  assert.equal(bandPath(rows, frame), 'M1 80L2 78L2 89L1 90ZM7 94L8 93L8 95L7 95Z');
  assert.equal(bandPath([row(5, 1, 2)], frame), '');
});
