// What the host monitor knows in, what the page Host asks of it out: one view of what holds now, series to draw, anomalies in short and
// whole.
import {
  SERIES_POINTS,
  type Anomaly,
  type CollectorView,
  type HostAnomaly,
  type HostAnomalyDetail,
  type HostSeries,
  type HostView,
  type MetricEvent,
  type MetricView,
  type Severity,
  type TopProcesses,
  type UserSettings,
} from '../../../src-preload/contract.ts';
import { nameOf, unitOf } from './metric-words.ts';
import type { Monitor, MonitorStats } from './monitor.ts';
import type { SyscallSnapshot } from './syscalls-type.ts';
import { thinSeries } from '../../../src-preload/thin-series.ts';

export interface HostDesk {
  readonly view: () => HostView;
  /** Without those that have never been seen. */
  readonly series: (keys: readonly string[], seconds: number) => HostSeries[];
  /** Newest first. */
  readonly anomalies: (sinceMs: number, untilMs: number) => HostAnomaly[];
  /** @throws Error where it was not kept. */
  readonly anomaly: (id: number) => HostAnomalyDetail;
}

/** What it asks of the monitor. */
export interface HostMonitor extends Pick<Monitor, 'realtime' | 'history' | 'anomalies' | 'trends' | 'stats'> {
  /** Of the helper; null while it does not run, and without it. */
  readonly syscalls?: () => SyscallSnapshot | null;
}

const ALL = Number.MAX_SAFE_INTEGER;
const MOST_BEFORE = 20;
const US_PER_MS = 1000;
const MS_PER_S = 1000;
/** A score is e / (1 + e) of the excess e over the threshold. */
const MEDIUM_EXCESS = 2;
const HIGH_EXCESS = 4;

export function createHostDesk(monitor: HostMonitor, settings: () => UserSettings['monitor']): HostDesk {
  return {
    view: () => {
      const stats = monitor.stats();
      const latest = stats.running ? monitor.realtime() : {};
      const collectors = collectorsOf(stats, latest);
      const newest = Math.max(...collectors.map(({ atMs }) => atMs ?? 0));
      const syscalls = monitor.syscalls?.() ?? null;
      return {
        ...{ enabled: settings().enabled, intervalSeconds: settings().intervalSeconds, cpuPercent: stats.cpuPercent },
        ...{ atMs: newest > 0 ? newest : null, collectors, metrics: metricsOf(stats, latest) },
        processes: processesOf(latest),
        trends: stats.running ? [...monitor.trends()] : [],
        syscalls: syscalls === null ? null : viewOf(syscalls),
        newestAnomaly: monitor.anomalies(1)[0]?.id ?? null,
      };
    },
    series: (keys, seconds) => {
      const bucketMs = Math.max(MS_PER_S, (seconds * MS_PER_S) / SERIES_POINTS);
      return keys.flatMap((key) => {
        const history = monitor.history(key, seconds);
        if (history === null) return [];
        // The time may begin and end within a share.
        return { key, unit: history.unit, points: thinSeries(history.points, bucketMs).slice(-SERIES_POINTS) };
      });
    },
    anomalies: (sinceMs, untilMs) =>
      monitor
        .anomalies(ALL)
        .filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs)
        .map(summaryOf),
    anomaly: (id) => {
      const all = monitor.anomalies(ALL);
      const anomaly = all.find((one) => one.id === id);
      if (anomaly === undefined) throw new Error(`There is no anomaly ${id}, or not any more.`);
      const keys = [anomaly.key, ...anomaly.evidence.neighbours.map(({ key }) => key)];
      return {
        anomaly,
        summary: summaryOf(anomaly),
        metrics: keys.map((key) => ({ key, name: nameOf(key), unit: unitOf(key) })),
        before: all
          .filter((one) => one.key === anomaly.key && one.id < id)
          .slice(0, MOST_BEFORE)
          .map(summaryOf),
      };
    },
  };
}

export function severityOf(score: number): Severity {
  const excess = score / (1 - score);
  return excess < MEDIUM_EXCESS ? 'low' : excess < HIGH_EXCESS ? 'medium' : 'high';
}

const summaryOf = ({ id, atMs, key, score, sentence }: Anomaly): HostAnomaly => ({
  ...{ id, ts: Math.round(atMs * US_PER_MS), metric: nameOf(key), key, severity: severityOf(score), sentence },
});

function collectorsOf(
  { sources, running }: MonitorStats,
  latest: Readonly<Record<string, MetricEvent>>,
): CollectorView[] {
  return Object.entries(sources).map(([source, found]) => {
    const event = latest[source];
    const atMs = event === undefined ? null : event.timestamp / US_PER_MS;
    if (found.ok)
      return { source, state: running && event !== undefined ? 'reading' : 'waiting', reason: null, fix: null, atMs };
    return { source, state: 'unavailable', reason: found.reason, fix: found.fix, atMs };
  });
}

/** What a source that has failed told last is not of now. */
function metricsOf({ sources }: MonitorStats, latest: Readonly<Record<string, MetricEvent>>): MetricView[] {
  const metric = (key: string, value: number | null): MetricView => ({
    key,
    name: nameOf(key),
    unit: unitOf(key),
    value,
  });
  return Object.entries(latest).flatMap(([source, { data }]) => {
    if (sources[source]?.ok === false) return [];
    const own = Object.entries(data.values).map(([field, value]) => metric(`${source}.${field}`, value));
    const ofParts = Object.entries(data.parts).flatMap(([part, readings]) =>
      Object.entries(readings).map(([field, value]) => metric(`${source}.${part}.${field}`, value)),
    );
    return [...own, ...ofParts];
  });
}

function processesOf(latest: Readonly<Record<string, MetricEvent>>): TopProcesses | null {
  return latest['processes']?.data.top ?? null;
}

const viewOf = ({ calls, ...rest }: SyscallSnapshot): NonNullable<HostView['syscalls']> => ({
  ...rest,
  calls: calls.map((call) => ({ ...call, latencyLog2Ns: [...call.latencyLog2Ns] })),
});
