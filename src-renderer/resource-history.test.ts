import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandPath, givenText, highestOf, historyRows, limitAxis, stepAt, stepSpans } from './resource-history.ts';
import type { PlotFrame } from './small-plot.ts';

const MINUTE = 60_000;
const LATER = 1e9;
/** One point a minute from zero on: `null` where there was none. */
const everyMinute = (values: readonly (number | null)[]) => ({
  stepMs: MINUTE,
  points: values.flatMap((value, at): [number, number, number, number][] =>
    value === null ? [] : [[at * MINUTE, value, value, value]],
  ),
});

test('a point stands at the middle of its time, with its least and its greatest', () => {
  assert.deepEqual(historyRows({ stepMs: MINUTE, points: [[120_000, 1, 2, 5]] }, LATER), [
    { atMs: 150_000, values: [2, 1, 5] },
  ]);
  assert.deepEqual(historyRows({ stepMs: 0, points: [[120_000, 2, 2, 2]] }, LATER), [
    { atMs: 120_000, values: [2, 2, 2] },
  ]);
});

test('of a time that has not gone by, what has', () => {
  const begun = { stepMs: MINUTE, points: [[120_000, 2, 2, 2] as [number, number, number, number]] };
  assert.equal(historyRows(begun, 140_000)[0]?.atMs, 130_000);
  assert.deepEqual(stepSpans(begun, 140_000), [{ fromMs: 120_000, toMs: 140_000, step: 2 }]);
  // A clock that was set back.
  assert.equal(historyRows(begun, 0)[0]?.atMs, 120_000);
});

test('three minutes without a point are a gap, two are not', () => {
  const rows = historyRows(everyMinute([1, null, 1, null, null, 1]), LATER);
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
  assert.equal(historyRows(at(0, 15, 75), LATER).length, 3);
  assert.equal(historyRows(at(0, 15, 76), LATER).length, 4);
});

test('steps: each stretch with its step, none over a gap, the newest to the end of its time', () => {
  const spans = stepSpans(everyMinute([0, 1, 1, 3, 0, 3, null, null, 3]), LATER);
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

test('a single reading holds at its moment', () => {
  const spans = stepSpans({ stepMs: 0, points: [[MINUTE, 2, 2, 2]] }, LATER);
  assert.deepEqual(
    [MINUTE - 1, MINUTE, MINUTE + 1].map((atMs) => stepAt(spans, atMs)),
    [0, 2, 0],
  );
});

test('a step that was in force for a part of the time counts for all of it', () => {
  assert.deepEqual(stepSpans({ stepMs: MINUTE, points: [[0, 0, 0.4, 2]] }, LATER), [
    { fromMs: 0, toMs: MINUTE, step: 2 },
  ]);
});

test('the axis ends at the limit, above it where more was used, and below it where hardly anything was', () => {
  const ends = (highest: number, limit: number | null) => {
    const { top, holdsLimit } = limitAxis(highest, limit, 'MiB', 10);
    return [top, holdsLimit];
  };
  assert.deepEqual(ends(84, 400), [400, true]);
  // A sixteenth of 400.
  assert.deepEqual(ends(25, 400), [400, true]);
  assert.deepEqual(ends(24, 400), [40, false]);
  assert.deepEqual(ends(431, 400), [500, true]);
  assert.deepEqual(ends(3, 1024), [10, false]);
  assert.deepEqual(ends(84, null), [100, false]);
});

test('what was given up at a moment, by its name', () => {
  const step = (ladder: 'load' | 'storage', number: number, name: string) => ({
    ...{ ladder, number, name, sheds: '', costs: '', relieves: [], inForce: false, sinceMs: null, why: null },
  });
  const steps = [step('load', 1, 'Judges every 2 s'), step('storage', 1, 'Old events go')];
  const series = [
    { name: 'loadStep' as const, unit: '', ...everyMinute([0, 1, 1]) },
    { name: 'storageStep' as const, unit: '', ...everyMinute([0, 0, 1]) },
  ];
  const at = (minute: number) => givenText(steps, series, minute * MINUTE, LATER);
  assert.deepEqual([0.5, 1.5, 2.5, 9].map(at), [
    '',
    'Step 1: Judges every 2 s.',
    'Step 1: Judges every 2 s. Step 1: Old events go.',
    '',
  ]);
});

test('the highest is that of the peaks, or of what is foretold', () => {
  const rows = [
    { atMs: 0, values: [2, 1, 5] },
    { atMs: 1, values: [null, null, null] },
  ];
  assert.equal(highestOf(rows, []), 5);
  assert.equal(
    highestOf(rows, [
      [2, 3],
      [9, 7],
    ]),
    7,
  );
  assert.equal(highestOf([], []), 0);
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
