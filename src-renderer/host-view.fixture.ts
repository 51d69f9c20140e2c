// For tests of the page Host: a view with few words.
import type { HostView, MetricView } from '../src-preload/contract.ts';

export const AT_MS = 1_795_000_000_000;

export const metricView = (key: string, value: number | null, unit = '%', name = key): MetricView => ({
  ...{ key, value, unit, name },
});

export const hostView = (change: Partial<HostView> = {}): HostView => ({
  ...{ enabled: true, intervalSeconds: 1, cpuPercent: 0.32, atMs: AT_MS, metrics: [], processes: null, trends: [] },
  collectors: [{ source: 'cpu', state: 'reading', reason: null, fix: null, atMs: AT_MS }],
  syscalls: { ok: false, reason: 'the syscall helper does not run', fix: 'Install it.' },
  newestAnomaly: null,
  ...change,
});
