import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePath, plotFrame } from './small-plot.ts';

// 64 pixels for the axis on the left, 4 on the right, 18 above and 20 below of 116.
const frame = plotFrame(268, 0, 100, 50);

test('the plot lies within its axes, time across and figures up', () => {
  assert.deepEqual([frame.left, frame.right, frame.top, frame.bottom], [64, 264, 18, 96]);
  assert.deepEqual([frame.xOf(0), frame.xOf(25), frame.xOf(100)], [64, 114, 264]);
  assert.deepEqual([frame.yOf(0), frame.yOf(25), frame.yOf(50)], [96, 57, 18]);
  assert.equal(frame.msOf(frame.xOf(37)), 37);
});

test('what is beyond the axis is drawn at its end', () => {
  assert.deepEqual([frame.yOf(80), frame.yOf(-3)], [18, 96]);
});

test('a line breaks where there is no value; one value alone is a dot', () => {
  const rows = [
    ...[0, 50].map((atMs) => ({ atMs, values: [0] })),
    { atMs: 60, values: [null] },
    { atMs: 75, values: [50] },
  ];
  assert.equal(linePath(rows, 0, frame), 'M64 96h0L164 96M214 18h0');
  assert.equal(linePath([{ atMs: 1, values: [null] }], 0, frame), '');
});
