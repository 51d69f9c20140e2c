// What the page Host shows of the host monitor: what holds now, series to draw, anomalies in a list and one with all that belongs to it.
import * as v from 'valibot';
import { anomaly, hostAnomaly, topProcesses, trend } from './host.ts';
import { atMs, count, text } from './views.ts';

const collector = v.object({
  /** First part of the keys of its metrics. */
  source: text,
  /** waiting: it was not looked at yet. */
  state: v.picklist(['reading', 'waiting', 'unavailable']),
  reason: v.nullable(text),
  /** The one thing to do about it. */
  fix: v.nullable(text),
  /** Of its newest reading; null before the first. */
  atMs: v.nullable(atMs),
});
export type CollectorView = v.InferOutput<typeof collector>;

const metric = v.object({
  key: text,
  /** `Memory use`; the key itself where there is no better word. */
  name: text,
  /** `%`, `B/s`, `MiB`, `°C`; empty for a plain number. */
  unit: text,
  /** null where the newest reading has none. */
  value: v.nullable(v.number()),
});
export type MetricView = v.InferOutput<typeof metric>;

const syscallReading = v.object({
  /** End of the time that was counted, microseconds since the epoch. */
  ts: count,
  /** Length of that time. */
  seconds: v.number(),
  /** By how long they took: at k, those of 2^k to 2^(k+1) nanoseconds. Empty where the source does not know. */
  calls: v.array(v.object({ name: text, count, errors: count, latencyLog2Ns: v.array(count) })),
  /** Of one core, what counting takes. */
  costCpuPercent: v.number(),
  source: v.picklist(['bpftrace', 'perf']),
});
export type SyscallView = v.InferOutput<typeof syscallReading>;

/** The newest counts, or why there are none and the one thing to do about it. */
const syscalls = v.variant('ok', [
  v.object({ ok: v.literal(true), reading: syscallReading }),
  v.object({ ok: v.literal(false), reason: text, fix: text }),
]);

export const hostView = v.object({
  /** Whether the settings want it. */
  enabled: v.boolean(),
  intervalSeconds: v.number(),
  /** Of one core, what watching takes. */
  cpuPercent: v.number(),
  /** Of the newest reading of any collector; null before the first. */
  atMs: v.nullable(atMs),
  collectors: v.array(collector),
  metrics: v.array(metric),
  /** null before the first list. */
  processes: v.nullable(topProcesses),
  trends: v.array(trend),
  syscalls,
  /** Number of the newest anomaly; null where there is none. */
  newestAnomaly: v.nullable(count),
});
export type HostView = v.InferOutput<typeof hostView>;

/** More points than this are not seen on a screen. */
export const SERIES_POINTS = 300;
/** Readings of a metric that are kept: so many intervals can be looked back. */
export const SERIES_KEPT = 1000;

const hostSeriesOf = v.object({
  key: text,
  unit: text,
  /** Oldest first, at most `SERIES_POINTS`; each the mean of its share of the time. Readings that are missing have no point. */
  points: v.array(v.tuple([atMs, v.number()])),
});
export type HostSeries = v.InferOutput<typeof hostSeriesOf>;

const hostAnomalyDetail = v.object({
  anomaly,
  /** Words for its key and for those of its neighbours, with their units. */
  metrics: v.array(v.omit(metric, ['value'])),
  /** Of the same metric, newest first, as far as they are kept. */
  before: v.array(hostAnomaly),
});
export type HostAnomalyDetail = v.InferOutput<typeof hostAnomalyDetail>;

const MOST_SECONDS = 60 * SERIES_KEPT;
const MOST_METRICS = 256;

/** What goes in and out of its calls. */
export const hostCalls = {
  series: v.object({
    metrics: v.pipe(v.array(text), v.maxLength(MOST_METRICS)),
    seconds: v.pipe(v.number(), v.minValue(1), v.maxValue(MOST_SECONDS)),
  }),
  seriesResult: v.array(hostSeriesOf),
  anomaly: v.object({ id: count }),
  anomalyResult: hostAnomalyDetail,
} as const;
