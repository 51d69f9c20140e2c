import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FleetPoint } from '../../src-preload/fleet.ts';
import { linePath, plotFrame } from '../small-plot.ts';
import { bandPath, lineSummary, trustRows } from './trust-line.ts';

const at = (seconds: number, trust: number | null): FleetPoint => ({
  ...{ atMs: seconds * 1000, trust, low: trust === null ? null : trust - 10, high: trust === null ? null : trust + 10 },
  state: 'NORMAL',
});
/** 100 px of plot for 100 s, and 100 for the score: 64 to 164 across, 18 to 118 down. */
const frame = plotFrame(168, 0, 100_000, 100, 138);

test('a gap of more than 48 s, or without a score, is a gap of the line', () => {
  const points = [at(0, 50), at(12, 60), at(61, 70), at(73, null), at(85, 80)];
  assert.equal(linePath(trustRows(points), 0, frame), 'M64 68h0L76 58M125 48h0L149 38');
});

test('the band goes there above and back below', () => {
  assert.equal(bandPath([at(0, 50), at(12, 60), at(90, 70)], frame), 'M64 58L76 48L76 68L64 78Z');
  assert.equal(bandPath([], frame), '');
});

test('the line in words', () => {
  const text = (ms: number): string => `${ms / 1000} s`;
  assert.equal(lineSummary([at(0, 50.9), at(12, 30.7), at(24, 60)], text), 'Last 60, lowest 30 at 12 s.');
  assert.equal(lineSummary([at(0, null)], text), null);
});
