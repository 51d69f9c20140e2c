// Readings of all processes enter, who uses what leaves: the table knows each from the reading before, until it ends.
import type { ProcessRow } from '../../../../src-preload/contract.ts';
import type { Use } from './most-used.ts';
import { TICKS_PER_SECOND, type ProcessStat, type ProcessTraffic } from './process-stat.ts';
import { createTrafficMeter, NO_TRAFFIC, type TrafficMeter } from './process-traffic.ts';

export interface TableProcess extends Use {
  readonly row: () => ProcessRow;
}

export interface ProcessTable {
  /** @param elapsedS since the reading before; null when there is none, and nobody's use is known. */
  readonly begin: (steadyMs: number, elapsedS: number | null) => void;
  /** @param traffic asked only of one that is at work: whoever sleeps reads nothing. */
  readonly add: (pid: number, stat: ProcessStat, traffic: () => ProcessTraffic | null) => void;
  /** Forgets those that were not added in this reading. */
  readonly end: () => readonly TableProcess[];
}

interface Known {
  readonly pid: number;
  readonly startTicks: number;
  stat: ProcessStat;
  reading: number;
  cpuPercent: number;
  readonly traffic: TrafficMeter;
  rates: ProcessTraffic | null;
  /** Resident size between half a minute and a minute ago, and the one that will take its place. */
  before: Size;
  next: Size;
  commandLine: string | null;
  program: string | null;
  /** As it was told last: one that sleeps is told again and again, as the same. */
  row: ProcessRow | null;
}

interface Size {
  readonly mib: number;
  readonly atMs: number;
}

export interface TableParts {
  readonly pageBytes: number;
  /** Start of the machine, milliseconds since the epoch. */
  readonly bootMs: number;
  /** null: not wanted, or hidden. */
  readonly commandLine: (pid: number) => string | null;
  /** File name of its program; null where it is hidden. */
  readonly program: (pid: number) => string | null;
}

const BYTES_PER_MIB = 2 ** 20;
const MS_PER_TICK = 1000 / TICKS_PER_SECOND;
const SIZE_KEPT_MS = 30_000;

/** What Node calls its main thread, and thereby every program that runs on it. */
const NAME_OF_NODE = 'MainThread';

export function createProcessTable({ pageBytes, bootMs, commandLine, program }: TableParts): ProcessTable {
  const known = new Map<number, Known>();
  let reading = 0;
  let nowMs = 0;
  let elapsed: number | null = null;

  const mibOf = (stat: ProcessStat): number => (stat.rssPages * pageBytes) / BYTES_PER_MIB;

  function meet(pid: number, stat: ProcessStat): Known {
    // One that began after the last reading has done in this interval all that it has ever done.
    const born = elapsed !== null;
    const size = { mib: born ? 0 : mibOf(stat), atMs: nowMs };
    const one: Known = {
      ...{ pid, stat, startTicks: stat.startTicks, reading, cpuPercent: 0 },
      ...{ traffic: createTrafficMeter(born ? NO_TRAFFIC : null), rates: null },
      ...{ before: size, next: size, commandLine: null, program: null, row: null },
    };
    if (born) one.stat = { ...stat, cpuTicks: 0 };
    known.set(pid, one);
    return one;
  }
  function add(pid: number, stat: ProcessStat, traffic: () => ProcessTraffic | null): void {
    let one = known.get(pid);
    // The number of a process that has ended is given to another one.
    if (one === undefined || one.startTicks !== stat.startTicks) one = meet(pid, stat);
    const ticks = Math.max(0, stat.cpuTicks - one.stat.cpuTicks);
    one.cpuPercent = elapsed === null ? 0 : (100 * ticks) / TICKS_PER_SECOND / elapsed;
    one.traffic.begin(elapsed);
    if (ticks > 0 || stat.state === 'D' || !one.traffic.isKnown()) one.traffic.take(traffic());
    if (nowMs - one.next.atMs >= SIZE_KEPT_MS) {
      one.before = one.next;
      one.next = { mib: mibOf(stat), atMs: nowMs };
    }
    // The name changes when a process becomes another program.
    if (one.stat.name !== stat.name) one.commandLine = one.program = null;
    one.stat = stat;
    one.reading = reading;
  }
  const nameOf = (one: Known): string =>
    one.stat.name === NAME_OF_NODE ? (one.program ??= program(one.pid) ?? NAME_OF_NODE) : one.stat.name;
  const rowOf = (one: Known): ProcessRow => {
    const row = describe(one);
    return (one.row = one.row !== null && isSame(row, one.row) ? one.row : row);
  };
  const describe = (one: Known): ProcessRow => ({
    pid: one.pid,
    name: nameOf(one),
    cpuPercent: one.cpuPercent,
    rssMiB: mibOf(one.stat),
    growthMiB: mibOf(one.stat) - one.before.mib,
    vmsMiB: one.stat.vmsBytes / BYTES_PER_MIB,
    threads: one.stat.threads,
    startedMs: Math.max(0, Math.round(bootMs + one.startTicks * MS_PER_TICK)),
    readBytesPerSecond: one.rates?.readBytes ?? null,
    writtenBytesPerSecond: one.rates?.writtenBytes ?? null,
    commandLine: (one.commandLine ??= commandLine(one.pid)),
  });
  const shown = (one: Known): TableProcess => ({
    pid: one.pid,
    row: () => rowOf(one),
    cpuPercent: one.cpuPercent,
    rssMiB: mibOf(one.stat),
    growthMiB: mibOf(one.stat) - one.before.mib,
    readBytesPerSecond: one.rates?.readBytes ?? null,
    writtenBytesPerSecond: one.rates?.writtenBytes ?? null,
  });
  return {
    begin: (steadyMs, elapsedS) => {
      reading += 1;
      nowMs = steadyMs;
      elapsed = elapsedS;
    },
    add,
    end: () => {
      const ended = [...known.values()].filter((one) => one.reading !== reading);
      for (const { pid } of ended) known.delete(pid);
      const inherited = sumByParent(ended);
      for (const one of known.values()) one.rates = one.traffic.rates(inherited.get(one.pid) ?? NO_TRAFFIC);
      return Array.from(known.values(), shown);
    },
  };
}

const isSame = (a: ProcessRow, b: ProcessRow): boolean =>
  (Object.keys(a) as (keyof ProcessRow)[]).every((field) => a[field] === b[field]);

function sumByParent(ended: readonly Pick<Known, 'stat' | 'traffic'>[]): ReadonlyMap<number, ProcessTraffic> {
  const sums = new Map<number, ProcessTraffic>();
  for (const { stat, traffic } of ended) {
    const { readBytes, writtenBytes } = traffic.total() ?? NO_TRAFFIC;
    const sum = sums.get(stat.parent) ?? NO_TRAFFIC;
    sums.set(stat.parent, {
      readBytes: sum.readBytes + readBytes,
      writtenBytes: sum.writtenBytes + writtenBytes,
    });
  }
  return sums;
}
