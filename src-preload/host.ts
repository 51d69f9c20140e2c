// What the host monitor tells of the machine: metric events, processes, anomalies with their evidence, trends.
import * as v from 'valibot';
import { atMs, count, text } from './views.ts';

export const HOST_EVENT_TYPES = [
  'cpu_metric',
  'memory_metric',
  'disk_metric',
  'network_metric',
  'process_metric',
  'syscall',
  'anomaly',
  'trend',
] as const;
export type HostEventType = (typeof HOST_EVENT_TYPES)[number];
export type MetricEventType = Exclude<HostEventType, 'anomaly' | 'trend'>;

/** By field, the unit at the end of its name; null where this reading has none: the first of a rate, a sensor that failed. */
const readings = v.record(v.string(), v.nullable(v.number()));
export type Readings = v.InferOutput<typeof readings>;

/** What is a rate is per second; per cents of the processor are of one core. */
const processRow = v.object({
  pid: count,
  name: text,
  cpuPercent: v.number(),
  rssMiB: v.number(),
  /** Against a minute ago, or against its start where that is later. */
  growthMiB: v.number(),
  vmsMiB: v.number(),
  threads: count,
  startedMs: atMs,
  /** Of its disks alone; null for somebody else's process, which only root may ask. */
  readBytesPerSecond: v.nullable(v.number()),
  writtenBytesPerSecond: v.nullable(v.number()),
  /** null unless the user has turned command lines on; secrets in it are masked. */
  commandLine: v.nullable(text),
});
export type ProcessRow = v.InferOutput<typeof processRow>;

export const topProcesses = v.object({
  byCpu: v.array(processRow),
  byMemory: v.array(processRow),
  /** Those that have grown in the last minute, and those that read or write their disks; fewer, and often none. */
  byGrowth: v.array(processRow),
  byDisk: v.array(processRow),
});
export type TopProcesses = v.InferOutput<typeof topProcesses>;

/** `cpu.busyPercent` is `values.busyPercent` of the source cpu, `disk.vda.busyPercent` is `parts.vda.busyPercent` of disk. */
export const metricData = v.object({
  values: readings,
  /** Each core, disk, interface, file system or sensor. */
  parts: v.record(v.string(), readings),
  /** Of the source processes alone. */
  top: v.optional(topProcesses),
  /** Of an event whose parts are named by pid: what is known of those processes. */
  processes: v.optional(v.array(processRow)),
});
export type MetricData = v.InferOutput<typeof metricData>;

const neighbour = v.object({ key: text, value: v.nullable(v.number()), usual: v.nullable(v.number()) });

/** What stood beside an anomaly at its moment. */
export const evidence = v.object({
  /** What the processes are ranked by: the likeliest cause first. */
  rankedBy: v.picklist(['cpu', 'memory growth', 'disk traffic']),
  processes: v.array(processRow),
  top: topProcesses,
  /** The other metrics of the family, each beside its median of the last minutes. */
  neighbours: v.array(neighbour),
  /** Counts a second by name of the call; null where nothing reads them. */
  syscalls: v.nullable(v.record(v.string(), v.number())),
});
export type Evidence = v.InferOutput<typeof evidence>;

export const ANOMALY_CHANNELS = [
  'jump',
  'level',
  'sustained',
  'context',
  'shape',
  'forest',
  'stuck',
  'missing',
] as const;
export type AnomalyChannel = (typeof ANOMALY_CHANNELS)[number];

export const anomaly = v.object({
  id: count,
  atMs,
  /** The source: cpu, memory, disk … */
  family: text,
  key: text,
  channel: v.picklist(ANOMALY_CHANNELS),
  /** 0-1; 0.5 is the threshold of an alarm. */
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  value: v.number(),
  /** Median of the window before, in the unit of the metric. */
  usual: v.number(),
  /** Robust deviations between the two, at most 99. */
  z: v.number(),
  /** One or two sentences in plain words. */
  sentence: text,
  evidence,
});
export type Anomaly = v.InferOutput<typeof anomaly>;

/** An anomaly as it is pinned to a time axis, without its evidence. */
export const hostAnomaly = v.object({
  id: count,
  ts: atMs,
  /** In words: `The processor’s load`. */
  metric: text,
  /** very unusual: a score of .8 and more, which is four times what makes an alarm. */
  severity: v.picklist(['unusual', 'very unusual']),
  sentence: text,
});
export type HostAnomaly = v.InferOutput<typeof hostAnomaly>;

const forecast = v.object({
  limit: v.number(),
  /** `full`, `exhausted`, `empty`. */
  limitName: text,
  inSeconds: v.number(),
  /** Half of the 95 % interval. */
  plusMinusSeconds: v.number(),
  sentence: text,
});
export type Forecast = v.InferOutput<typeof forecast>;

export const trend = v.object({
  key: text,
  atMs,
  current: v.number(),
  slopePerSecond: v.number(),
  /** 95 % interval of the slope. */
  slopeLow: v.number(),
  slopeHigh: v.number(),
  direction: v.picklist(['rising', 'falling', 'steady']),
  /** Change over the window, as a share of the metric's usual size. */
  magnitude: v.number(),
  windowSeconds: v.number(),
  /** null where there is no limit, nothing moves towards it, or the past was not foretold well. */
  forecast: v.nullable(forecast),
});
export type Trend = v.InferOutput<typeof trend>;

const eventHead = <T extends HostEventType>(type: T) => ({
  /** Microseconds since the Unix epoch, whole. */
  timestamp: count,
  event_type: v.literal(type),
  source: text,
});
const metricEvent = <T extends MetricEventType>(type: T) => v.object({ ...eventHead(type), data: metricData });
export const hostEvent = v.variant('event_type', [
  metricEvent('cpu_metric'),
  metricEvent('memory_metric'),
  metricEvent('disk_metric'),
  metricEvent('network_metric'),
  metricEvent('process_metric'),
  metricEvent('syscall'),
  v.object({ ...eventHead('anomaly'), data: anomaly }),
  v.object({ ...eventHead('trend'), data: trend }),
]);
export type HostEvent = v.InferOutput<typeof hostEvent>;
export type MetricEvent = Extract<HostEvent, { readonly event_type: MetricEventType }>;
