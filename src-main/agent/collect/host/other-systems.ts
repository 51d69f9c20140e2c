// Where there is no /proc (macOS, Windows) the package systeminformation is asked, which starts programs for most answers: so every
// few seconds only, and the keys of the metrics are those of Linux.
import type { MetricData, MetricEventType, ProcessRow, Readings } from '../../../../src-preload/contract.ts';
import type { Availability } from '../collector.ts';
import type { HostSource } from './host-source.ts';
import { maskSecrets } from './mask-secrets.ts';
import { mostUsed } from './most-used.ts';

type Systeminformation = typeof import('systeminformation');
type Ask = (si: Systeminformation, commandLines: boolean) => Promise<MetricData>;

const BYTES_PER_MIB = 2 ** 20;
const BYTES_PER_KIB = 1024;
const OFTEN_MS = 5000;
const SELDOM_MS = 15_000;

export function otherSystemSources(commandLines: () => boolean): readonly HostSource[] {
  const source = (name: string, eventType: MetricEventType, leastEveryMs: number, ask: Ask): HostSource => ({
    ...{ name, eventType, leastEveryMs },
    available: (): Availability => ({ ok: true, note: 'read by starting programs of the system, every few seconds' }),
    open: () => ({
      read: async () => {
        const { default: si } = await import('systeminformation');
        return await ask(si, commandLines());
      },
      close: () => undefined,
    }),
  });
  return [
    source('cpu', 'cpu_metric', OFTEN_MS, askCpu),
    source('memory', 'memory_metric', OFTEN_MS, askMemory),
    source('disk', 'disk_metric', OFTEN_MS, askDisk),
    source('network', 'network_metric', OFTEN_MS, askNetwork),
    source('filesystem', 'disk_metric', SELDOM_MS, askFilesystems),
    source('processes', 'process_metric', SELDOM_MS, askProcesses),
    source('sensors', 'cpu_metric', SELDOM_MS, askSensors),
  ];
}

/** It answers null, undefined or a negative number for what it does not know. */
const known = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !(value >= 0) ? null : value;

const askCpu: Ask = async (si) => {
  const { currentLoad, currentLoadUser, currentLoadNice, currentLoadSystem, avgLoad, cpus } = await si.currentLoad();
  return {
    values: {
      busyPercent: known(currentLoad),
      userPercent: known(currentLoadUser + currentLoadNice),
      systemPercent: known(currentLoadSystem),
      loadAverage1: known(avgLoad),
    },
    parts: Object.fromEntries(cpus.map(({ load }, i) => [`cpu${i}`, { busyPercent: known(load), frequencyMHz: null }])),
  };
};

const askMemory: Ask = async (si) => {
  const { total, available, free, swaptotal, swapused } = await si.mem();
  return {
    values: {
      totalMiB: total / BYTES_PER_MIB,
      usedMiB: (total - available) / BYTES_PER_MIB,
      usedPercent: total > 0 ? (100 * (total - available)) / total : null,
      availableMiB: available / BYTES_PER_MIB,
      freeMiB: free / BYTES_PER_MIB,
      swapTotalMiB: swaptotal / BYTES_PER_MIB,
      swapUsedMiB: swapused / BYTES_PER_MIB,
      swapUsedPercent: swaptotal > 0 ? (100 * swapused) / swaptotal : null,
    },
    parts: {},
  };
};

const askDisk: Ask = async (si) => {
  const [bytes, operations] = await Promise.all([si.fsStats(), si.disksIO()]);
  return {
    values: {
      readBytesPerSecond: known(bytes?.rx_sec),
      writtenBytesPerSecond: known(bytes?.wx_sec),
      readsPerSecond: known(operations?.rIO_sec),
      writesPerSecond: known(operations?.wIO_sec),
    },
    parts: {},
  };
};

const askNetwork: Ask = async (si) => {
  const parts: Record<string, Readings> = {};
  for (const one of await si.networkStats('*')) {
    parts[one.iface] = { receivedBytesPerSecond: known(one.rx_sec), sentBytesPerSecond: known(one.tx_sec) };
  }
  const sum = (field: string): number | null => {
    const all = Object.entries(parts).flatMap(([name, part]) => (/^lo\d*$/.test(name) ? [] : (part[field] ?? [])));
    return all.length === 0 ? null : all.reduce((total, x) => total + x, 0);
  };
  const values = {
    receivedBytesPerSecond: sum('receivedBytesPerSecond'),
    sentBytesPerSecond: sum('sentBytesPerSecond'),
  };
  return { values, parts };
};

const askFilesystems: Ask = async (si) => {
  const found = (await si.fsSize()).filter(({ size, rw }) => size > 0 && rw !== false);
  const fullness = ({ size, used, available, use }: (typeof found)[number]): Readings => ({
    totalMiB: size / BYTES_PER_MIB,
    usedMiB: used / BYTES_PER_MIB,
    availableMiB: available / BYTES_PER_MIB,
    usedPercent: use,
  });
  return { values: {}, parts: Object.fromEntries(found.map((one) => [one.mount, fullness(one)])) };
};

const askProcesses: Ask = async (si, commandLines) => {
  const { all, running, list } = await si.processes();
  const rows = list.map((one): ProcessRow => ({
    pid: one.pid,
    name: one.name,
    cpuPercent: known(one.cpu) ?? 0,
    rssMiB: (one.memRss * BYTES_PER_KIB) / BYTES_PER_MIB,
    growthMiB: 0,
    vmsMiB: (one.memVsz * BYTES_PER_KIB) / BYTES_PER_MIB,
    threads: 0,
    startedMs: Math.max(0, Date.parse(one.started) || 0),
    readBytesPerSecond: null,
    writtenBytesPerSecond: null,
    commandLine: commandLines ? maskSecrets([one.command, ...one.params.split(' ')].filter(Boolean)) : null,
  }));
  return { values: { count: all, running }, parts: {}, top: mostUsed(rows, (row) => row) };
};

const askSensors: Ask = async (si) => {
  const [heat, battery] = await Promise.all([si.cpuTemperature(), si.battery()]);
  const parts: Record<string, Readings> = {};
  if (known(heat.main) !== null) parts['processor'] = { temperatureC: heat.main };
  if (battery.hasBattery)
    parts['battery'] = { chargePercent: known(battery.percent), powerW: null, discharging: battery.isCharging ? 0 : 1 };
  return { values: { hottestC: known(heat.max) ?? known(heat.main) }, parts };
};
