// For tests of the monitor: metric events and rows of processes with few words.
import type { HostEvent, MetricData, MetricEventType, ProcessRow } from '../../../src-preload/contract.ts';

export const metricEvent = (
  source: string,
  data: Partial<MetricData>,
  timestamp = 0,
  event_type: MetricEventType = 'cpu_metric',
): HostEvent => ({ timestamp, event_type, source, data: { values: {}, parts: {}, ...data } });

export const processRow = (pid: number, change: Partial<ProcessRow> = {}): ProcessRow => ({
  ...{ pid, name: `p${pid}`, cpuPercent: 0, rssMiB: 10, growthMiB: 0, vmsMiB: 100, threads: 1, startedMs: 0 },
  ...{ readBytesPerSecond: null, writtenBytesPerSecond: null, commandLine: null },
  ...change,
});

export const topOf = (...rows: readonly ProcessRow[]): NonNullable<MetricData['top']> => ({
  byCpu: [...rows],
  byMemory: [],
  byGrowth: [],
  byDisk: [],
});
