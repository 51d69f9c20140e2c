// What the host monitor knows in, what the page Host asks of it out: one view of what holds now, series to draw, anomalies in short and
// whole.
import {
  SERIES_POINTS,
  type CollectorView,
  type HostAnomaly,
  type HostAnomalyDetail,
  type HostSeries,
  type HostView,
  type MetricEvent,
  type MetricView,
  type TopProcesses,
  type UserSettings,
} from '../../../src-preload/contract.ts';
import { thinSeries } from '../../../src-preload/thin-series.ts';
import { hostAnomaliesOf } from './host-anomalies.ts';
import { nameOf, unitOf } from './metric-words.ts';
import type { Monitor, MonitorStats } from './monitor.ts';

export interface HostDesk {
  readonly view: () => HostView;
  /** Without those that have never been seen. */
  readonly series: (keys: readonly string[], seconds: number) => HostSeries[];
  /** Newest first. */
  readonly anomalies: (sinceMs: number, untilMs?: number) => HostAnomaly[];
  /** @throws Error where it was not kept. */
  readonly anomaly: (id: number) => HostAnomalyDetail;
}

/** What it asks of the monitor. */
export type HostMonitor = Pick<Monitor, 'realtime' | 'history' | 'anomalies' | 'trends' | 'stats' | 'syscalls'>;

const ALL = Number.MAX_SAFE_INTEGER;
const MOST_BEFORE = 20;
const US_PER_MS = 1000;
const MS_PER_S = 1000;
export function createHostDesk(monitor: HostMonitor, settings: () => UserSettings['monitor']): HostDesk {
  return {
    view: () => {
      const stats = monitor.stats();
      const latest = stats.running ? monitor.realtime() : {};
      const collectors = collectorsOf(stats, latest);
      const newest = Math.max(...collectors.map(({ atMs }) => atMs ?? 0));
      return {
        ...{ enabled: settings().enabled, intervalSeconds: settings().intervalSeconds, cpuPercent: stats.cpuPercent },
        ...{ atMs: newest > 0 ? newest : null, collectors, metrics: metricsOf(stats, latest) },
        processes: processesOf(latest),
        trends: stats.running ? [...monitor.trends()] : [],
        syscalls: monitor.syscalls(),
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
    anomalies: (sinceMs, untilMs) => hostAnomaliesOf(monitor, sinceMs, untilMs),
    anomaly: (id) => {
      const all = monitor.anomalies(ALL);
      const anomaly = all.find((one) => one.id === id);
      if (anomaly === undefined) throw new Error(`There is no anomaly ${id}, or not any more.`);
      const earlier = all.filter((one) => one.key === anomaly.key && one.id < id).slice(0, MOST_BEFORE);
      const keys = [anomaly.key, ...anomaly.evidence.neighbours.map(({ key }) => key)];
      return {
        anomaly,
        metrics: keys.map((key) => ({ key, name: nameOf(key), unit: unitOf(key) })),
        before: hostAnomaliesOf({ anomalies: () => earlier }, 0),
      };
    },
  };
}

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
  return Object.entries(latest).flatMap(([source, { event_type, data }]) => {
    if (sources[source]?.ok === false) return [];
    const own = Object.entries(data.values).map(([field, value]) => metric(`${source}.${field}`, value));
    // Each call has a part, hundreds of them; their counts are told apart.
    if (event_type === 'syscall') return own;
    const ofParts = Object.entries(data.parts).flatMap(([part, readings]) =>
      Object.entries(readings).map(([field, value]) => metric(`${source}.${part}.${field}`, value)),
    );
    return [...own, ...ofParts];
  });
}

function processesOf(latest: Readonly<Record<string, MetricEvent>>): TopProcesses | null {
  return latest['processes']?.data.top ?? null;
}
