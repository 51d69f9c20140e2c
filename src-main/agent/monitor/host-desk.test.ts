import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkResult, type Anomaly, type MetricData, type MetricEvent } from '../../../src-preload/contract.ts';
import { processRow, topOf } from './events.fixture.ts';
import { createHostDesk, type HostMonitor } from './host-desk.ts';
import type { MonitorStats } from './monitor.ts';

const AT_MS = 1_700_000_000_000;
const SETTINGS = { enabled: true, intervalSeconds: 1, commandLines: false };
const NO_SENSORS = { ok: false, reason: 'no temperature', fix: 'Nothing to do.' } as const;

const NOT_COUNTED = { ok: false, reason: 'nobody counts', fix: 'Start the helper.' } as const;

const event = (source: string, data: Partial<MetricData>, beforeMs = 0): MetricEvent => ({
  ...{ timestamp: (AT_MS - beforeMs) * 1000, event_type: 'cpu_metric', source },
  data: { values: {}, parts: {}, ...data },
});

const anomaly = (id: number, change: Partial<Anomaly> = {}): Anomaly => ({
  ...{ id, atMs: AT_MS + id * 1000, family: 'cpu', key: 'cpu.busyPercent', channel: 'jump', score: 0.9 },
  ...{ value: 97, usual: 4, z: 20, sentence: 'The processor’s load changed suddenly to 97 %.' },
  evidence: {
    ...{ rankedBy: 'cpu', processes: [processRow(7)], top: topOf(processRow(7)), syscalls: null },
    neighbours: [{ key: 'cpu.iowaitPercent', value: 1, usual: null }],
  },
  ...change,
});

function deskOf(change: Partial<HostMonitor> = {}, stats: Partial<MonitorStats> = {}, settings = SETTINGS) {
  const monitor: HostMonitor = {
    realtime: () => ({
      cpu: event('cpu', { values: { busyPercent: 12 }, parts: { cpu0: { busyPercent: null } } }),
      filesystem: event('filesystem', { parts: { '/': { usedPercent: 43 } } }, 20_000),
      sensors: event('sensors', { values: { hottestC: 40 } }, 90_000),
      processes: event('processes', { top: topOf(processRow(7)) }),
    }),
    history: (key) =>
      key === 'cpu.busyPercent'
        ? { key, unit: '%', points: [0, 1, 2, 3].map((s) => [AT_MS + s * 1000, s] as const), statistics: null }
        : null,
    anomalies: () => [],
    syscalls: () => NOT_COUNTED,
    trends: () => [],
    stats: () =>
      ({
        running: true,
        cpuPercent: 0.3,
        sources: { cpu: { ok: true }, sensors: NO_SENSORS, network: { ok: true } },
        ...stats,
      }) as MonitorStats,
    ...change,
  };
  return createHostDesk(monitor, () => settings);
}

test('what holds now: metrics with names and units, collectors with their state, and it keeps to the contract', () => {
  const view = checkResult('host', deskOf().view());
  assert.equal(view.atMs, AT_MS);
  assert.deepEqual(view.metrics, [
    { key: 'cpu.busyPercent', name: 'The processor’s load', unit: '%', value: 12 },
    { key: 'cpu.cpu0.busyPercent', name: 'cpu.cpu0.busyPercent', unit: '%', value: null },
    { key: 'filesystem./.usedPercent', name: 'What is used of the disk at /', unit: '%', value: 43 },
  ]);
  assert.deepEqual(view.collectors, [
    { source: 'cpu', state: 'reading', reason: null, fix: null, atMs: AT_MS },
    { source: 'sensors', state: 'unavailable', reason: 'no temperature', fix: 'Nothing to do.', atMs: AT_MS - 90_000 },
    { source: 'network', state: 'waiting', reason: null, fix: null, atMs: null },
  ]);
  assert.equal(view.processes?.byCpu[0]?.pid, 7);
  assert.equal(view.newestAnomaly, null);
  assert.deepEqual(view.syscalls, NOT_COUNTED);
});

test('a monitor that is off tells no values of a while ago', () => {
  const off = deskOf({ anomalies: () => [anomaly(3)] }, { running: false }, { ...SETTINGS, enabled: false });
  const { enabled, metrics, processes, trends, atMs, newestAnomaly } = off.view();
  assert.deepEqual([enabled, metrics, processes, trends, atMs, newestAnomaly], [false, [], null, [], null, 3]);
});

test('of system calls the sums are metrics, not every single call', () => {
  const syscalls: MetricEvent = {
    ...event('syscalls', { values: { callsPerSecond: 9 }, parts: { read: { callsPerSecond: 9 } } }),
    event_type: 'syscall',
  };
  const { metrics } = deskOf({ realtime: () => ({ syscalls }) }).view();
  assert.deepEqual(
    metrics.map(({ key }) => key),
    ['syscalls.callsPerSecond'],
  );
});

test('counts of system calls, where a helper counts them', () => {
  const calls = [{ name: 'read', count: 10, errors: 1, latencyLog2Ns: [0, 4, 6] }];
  const reading = { ts: AT_MS * 1000, seconds: 1, calls, costCpuPercent: 0.5, source: 'bpftrace' } as const;
  const desk = deskOf({ syscalls: () => ({ ok: true, reading }) });
  assert.deepEqual(checkResult('host', desk.view()).syscalls, { ok: true, reading });
});

test('series of what is known; what was never seen is left out', () => {
  const series = checkResult('hostSeries', deskOf().series(['cpu.busyPercent', 'cpu.noSuchThing'], 600));
  assert.deepEqual(series, [
    {
      ...{ key: 'cpu.busyPercent', unit: '%' },
      points: [
        [AT_MS + 1000, 0.5],
        [AT_MS + 3000, 2.5],
      ],
    },
  ]);
});

test('anomalies of a stretch of time, newest first as they are kept', () => {
  const desk = deskOf({ anomalies: () => [3, 2, 1].map((id) => anomaly(id)) });
  const found = checkResult('hostAnomalies', desk.anomalies(AT_MS + 2000, AT_MS + 3000));
  assert.deepEqual(
    found.map(({ id, ts }) => [id, ts]),
    [
      [3, AT_MS + 3000],
      [2, AT_MS + 2000],
    ],
  );
  assert.equal(found[0]?.metric, 'The processor’s load');
});

test('one anomaly with its evidence, words for what stands beside it, and those before it of the same metric', () => {
  const all = [anomaly(4), anomaly(3, { key: 'memory.usedPercent' }), anomaly(2), anomaly(1)];
  const desk = deskOf({ anomalies: () => all });
  const detail = checkResult('hostAnomaly', desk.anomaly(2));
  assert.equal(detail.anomaly.evidence.processes[0]?.pid, 7);
  assert.deepEqual(detail.metrics, [
    { key: 'cpu.busyPercent', name: 'The processor’s load', unit: '%' },
    { key: 'cpu.iowaitPercent', name: 'The processor’s waiting for disks', unit: '%' },
  ]);
  assert.deepEqual(
    detail.before.map(({ id }) => id),
    [1],
  );
  assert.throws(() => desk.anomaly(9), { message: 'There is no anomaly 9, or not any more.' });
});
