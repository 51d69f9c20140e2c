import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf, NOTHING_KNOWN, withHostSeries, withHostView } from './host-known.ts';
import { AT_MS, hostView, metricView } from './host-view.fixture.ts';

const RANGE_MS = 300_000;
const view = (atMs: number, busy: number, more: readonly string[] = []) =>
  hostView({
    collectors: [{ source: 'cpu', state: 'reading', reason: null, fix: null, atMs }],
    metrics: [metricView('cpu.busyPercent', busy), ...more.map((key) => metricView(key, 1))],
  });

test('each view adds to the series; the charts stay the same ones while the metrics do', () => {
  const first = withHostView(NOTHING_KNOWN, view(AT_MS, 1), RANGE_MS);
  const second = withHostView(first, view(AT_MS + 1000, 2), RANGE_MS);
  assert.deepEqual(second.series.get('cpu.busyPercent'), [
    [AT_MS, 1],
    [AT_MS + 1000, 2],
  ]);
  assert.equal(second.charts, first.charts);
  const third = withHostView(second, view(AT_MS + 2000, 3, ['cpu.cpu0.busyPercent']), RANGE_MS);
  assert.deepEqual(keysOf(third.charts), ['cpu.busyPercent', 'cpu.cpu0.busyPercent']);
});

test('what is fetched goes before what was pushed', () => {
  const pushed = withHostView(NOTHING_KNOWN, view(AT_MS, 1), RANGE_MS);
  const known = withHostSeries(pushed, [{ key: 'cpu.busyPercent', unit: '%', points: [[AT_MS - 1000, 9]] }]);
  assert.deepEqual(known.series.get('cpu.busyPercent'), [
    [AT_MS - 1000, 9],
    [AT_MS, 1],
  ]);
});
