// /proc/diskstats enters, what each disk does leaves: throughput, operations, waiting, utilisation, as iostat(1) defines them.
// Fields: https://docs.kernel.org/admin-guide/iostats.html.
import type { Readings } from '../../../../src-preload/contract.ts';
import { createCounters, type Counters } from './counters.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

/** Of diskstats, whatever the sectors of the disk itself are. */
const SECTOR_BYTES = 512;
const MS_PER_S = 1000;
/** No disks: files that look like one, memory that looks like one. */
const NO_DISK = /^(loop|ram|zram|fd|sr|nbd)\d/;
/** Disks made of other disks: shown, but their traffic is already in that of the disks below. */
const COMPOSED = /^(dm-|md)\d/;

export function diskSource(openFiles: () => ProcFiles = openProcFiles): HostSource {
  return {
    name: 'disk',
    eventType: 'disk_metric',
    available: () => procAvailability(openFiles, '/proc/diskstats'),
    open: () => openDisk(openFiles()),
  };
}

function openDisk(files: ProcFiles): HostReader {
  const counters = createCounters();
  /** Whether a name is a whole disk; a partition has none of its own in /sys/block. */
  let whole = new Map<string, boolean>();
  const isWhole = (name: string): boolean => {
    let known = whole.get(name);
    if (known === undefined) {
      const disks = files.list('/sys/block');
      // Where /sys is hidden everything is taken for a disk: better twice than not at all.
      known = disks.length === 0 || disks.includes(name.replaceAll('/', '!'));
      whole.set(name, known);
    }
    return known;
  };
  return {
    close: files.close,
    read: ({ elapsedS }) => {
      const diskstats = files.read('/proc/diskstats');
      if (diskstats === null) throw new Error('/proc/diskstats can not be read');
      counters.begin(elapsedS);
      const parts: Record<string, Readings> = {};
      const seen = new Map<string, boolean>();
      for (const line of diskstats.split('\n')) {
        const [, , name = '', ...fields] = line.trim().split(/ +/);
        if (name === '' || NO_DISK.test(name)) continue;
        const disk = isWhole(name);
        seen.set(name, disk);
        if (disk) parts[name] = activityOf(name, fields.map(Number), counters, elapsedS);
      }
      // A name that has gone may come back as something else.
      whole = seen;
      counters.end();
      return { values: sumOf(parts), parts };
    },
  };
}

function activityOf(name: string, fields: readonly number[], counters: Counters, elapsedS: number | null) {
  const [
    reads = 0,
    ,
    sectorsRead = 0,
    readMs = 0,
    writes = 0,
    ,
    sectorsWritten = 0,
    writeMs = 0,
    ,
    busyMs = 0,
    queuedMs = 0,
  ] = fields;
  const per = (what: string, value: number) => counters.perSecond(`${name} ${what}`, value);
  // Times are 32 bits wide on every machine.
  const ms = (what: string, value: number) => counters.added(`${name} ${what}`, value, 32);
  const [readsPerS, writesPerS] = [per('reads', reads), per('writes', writes)];
  const [readBytes, writtenBytes] = [per('sectors read', sectorsRead), per('sectors written', sectorsWritten)];
  const [waitedRead, waitedWrite] = [ms('read ms', readMs), ms('write ms', writeMs)];
  const [busy, queued] = [ms('busy ms', busyMs), ms('queued ms', queuedMs)];
  const wait = (waitedMs: number | null, perS: number | null): number | null =>
    waitedMs === null || perS === null || elapsedS === null ? null : perS === 0 ? 0 : waitedMs / (perS * elapsedS);
  const share = (spentMs: number | null): number | null =>
    spentMs === null || elapsedS === null ? null : spentMs / (elapsedS * MS_PER_S);
  const busyShare = share(busy);
  return {
    readBytesPerSecond: readBytes === null ? null : readBytes * SECTOR_BYTES,
    writtenBytesPerSecond: writtenBytes === null ? null : writtenBytes * SECTOR_BYTES,
    readsPerSecond: readsPerS,
    writesPerSecond: writesPerS,
    readWaitMs: wait(waitedRead, readsPerS),
    writeWaitMs: wait(waitedWrite, writesPerS),
    // The kernel adds to it at the end of an operation, which may lie beyond this interval.
    busyPercent: busyShare === null ? null : Math.min(100, 100 * busyShare),
    queueLength: share(queued),
  } satisfies Readings;
}

const ADDED = ['readBytesPerSecond', 'writtenBytesPerSecond', 'readsPerSecond', 'writesPerSecond'] as const;

/** Of all disks that are not made of others: sums of what flows, and the busiest of them. */
function sumOf(parts: Readonly<Record<string, Readings>>): Readings {
  const own = Object.entries(parts).flatMap(([name, part]) => (COMPOSED.test(name) ? [] : [part]));
  const known = (field: string): readonly number[] => own.map((part) => part[field] ?? null).filter((x) => x !== null);
  const values: Record<string, number | null> = {};
  for (const field of ADDED) {
    const all = known(field);
    values[field] = all.length === 0 ? null : all.reduce((sum, x) => sum + x, 0);
  }
  const busy = known('busyPercent');
  return { ...values, busyPercent: busy.length === 0 ? null : Math.max(...busy) };
}
