// The charts of the page Host. In: the metrics that are known. Out: which lines each chart has, what they are called, where its axis ends.
import type { MetricView } from '../src-preload/contract.ts';

export interface ChartLine {
  readonly key: string;
  readonly label: string;
}

export interface HostChart {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** At least one. */
  readonly lines: readonly ChartLine[];
  /** Anomalies of the metrics of these names are marked in it. */
  readonly names: readonly string[];
  /** Its axis ends no lower than this. */
  readonly least: number;
  /** Its collector reads no more seldom than this; with each interval where it is 0. */
  readonly seldomMs: number;
  /** Too many lines to tell apart: of them the highest is named. */
  readonly crowd: boolean;
}

interface Design {
  readonly id: string;
  readonly title: string;
  readonly least: number;
  /** Keys with what their lines are called. */
  readonly lines?: Readonly<Record<string, string>>;
  /** A line for each part, by the name that the pattern catches. */
  readonly parts?: RegExp;
  /** Whose anomalies are marked here without a line of their own. */
  readonly marked?: string;
  readonly seldomMs?: number;
}

/** Of processes and sensors, see their collectors. */
const SELDOM_MS = 10_000;

const DESIGNS: readonly Design[] = [
  {
    ...{ id: 'cpu', title: 'Processor', least: 100 },
    lines: { 'cpu.busyPercent': 'busy', 'cpu.iowaitPercent': 'waiting for disks' },
  },
  { id: 'cores', title: 'Cores', least: 100, parts: /^cpu\.(cpu\d+)\.busyPercent$/ },
  {
    ...{ id: 'load', title: 'Load average', least: 1 },
    lines: { 'cpu.loadAverage1': '1 min', 'cpu.loadAverage5': '5 min', 'cpu.loadAverage15': '15 min' },
  },
  {
    ...{ id: 'pressure', title: 'Pressure: work had to wait', least: 10 },
    lines: {
      'pressure.cpu.somePercent': 'processor',
      'pressure.memory.somePercent': 'memory',
      'pressure.io.somePercent': 'disks',
    },
  },
  {
    ...{ id: 'memory', title: 'Memory', least: 100 },
    lines: { 'memory.usedPercent': 'used', 'memory.swapUsedPercent': 'swap used' },
  },
  {
    ...{ id: 'disk', title: 'Disk traffic', least: 1e6 },
    lines: { 'disk.readBytesPerSecond': 'read', 'disk.writtenBytesPerSecond': 'written' },
  },
  {
    id: 'disk-load',
    title: 'Disks at work',
    least: 10,
    marked: 'disk.busyPercent',
    parts: /^disk\.(.+)\.busyPercent$/,
  },
  {
    ...{ id: 'network', title: 'Network traffic', least: 1e5 },
    lines: {
      'network.receivedBytesPerSecond': 'received',
      'network.sentBytesPerSecond': 'sent',
      'network.loopbackBytesPerSecond': 'within',
    },
  },
  {
    ...{ id: 'network-errors', title: 'Network errors', least: 1 },
    lines: {
      'network.receiveErrorsPerSecond': 'receiving',
      'network.sendErrorsPerSecond': 'sending',
      'network.receiveDropsPerSecond': 'dropped',
    },
  },
  {
    ...{ id: 'processes', title: 'Processes', least: 10, seldomMs: SELDOM_MS },
    lines: { 'processes.count': 'processes', 'processes.threads': 'threads' },
  },
  { id: 'forks', title: 'New processes', least: 10, lines: { 'cpu.forksPerSecond': 'started' } },
  {
    ...{ id: 'syscalls', title: 'System calls', least: 1000 },
    lines: { 'syscalls.callsPerSecond': 'calls', 'syscalls.errorsPerSecond': 'failing' },
  },
  {
    id: 'temperature',
    title: 'Temperature',
    least: 50,
    seldomMs: SELDOM_MS,
    marked: 'sensors.hottestC',
    parts: /^sensors\.(.+)\.temperatureC$/,
  },
  { id: 'battery', title: 'Battery', least: 100, seldomMs: SELDOM_MS, parts: /^sensors\.(.+)\.chargePercent$/ },
];

/** More lines than there are ways to draw one are a crowd. */
const DISTINCT = 3;

/** Those that have something to draw. */
export function chartsOf(metrics: readonly MetricView[]): readonly HostChart[] {
  const byKey = new Map(metrics.map((metric) => [metric.key, metric]));
  return DESIGNS.flatMap(({ id, title, least, lines: fixed = {}, parts, marked, seldomMs = 0 }) => {
    const named = Object.entries(fixed).map(([key, label]) => ({ key, label }));
    const all = [...named, ...(parts === undefined ? [] : partLines(metrics, parts))].filter(({ key }) =>
      byKey.has(key),
    );
    // Where others have a value, one without is not there: swap on a machine that has none. Before the second reading nobody has one.
    const valued = all.filter(({ key }) => byKey.get(key)?.value !== null);
    const lines = valued.length > 0 ? valued : all;
    const [first] = lines;
    if (first === undefined) return [];
    const unit = byKey.get(first.key)?.unit ?? '';
    const names = [...lines.map(({ key }) => key), marked].flatMap((key) => byKey.get(key ?? '')?.name ?? []);
    return [{ id, title, unit, lines, least, names, seldomMs, crowd: lines.length > DISTINCT }];
  });
}

function partLines(metrics: readonly MetricView[], pattern: RegExp): readonly ChartLine[] {
  return metrics
    .flatMap(({ key }) => {
      const label = pattern.exec(key)?.[1];
      return label === undefined ? [] : [{ key, label }];
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}
