// /proc/self/mounts enters, how full each file system of this machine is leaves. Those of other machines are left out: asking one
// that does not answer would hang.
import { statfs } from 'node:fs/promises';
import type { Readings } from '../../../../src-preload/contract.ts';
import type { HostReader, HostSource } from './host-source.ts';
import { procAvailability } from './proc-availability.ts';
import { openProcFiles, type ProcFiles } from './proc-files.ts';

const EVERY_MS = 30_000;
const BYTES_PER_MIB = 2 ** 20;
/** What can fill up and is kept on a disk of this machine. */
const LOCAL = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'zfs', 'bcachefs', 'jfs', 'reiserfs', 'nilfs2'],
  ...['vfat', 'exfat', 'ntfs', 'ntfs3', 'fuseblk', 'hfsplus', 'overlay', 'ubifs'],
]);

export type StatFs = (path: string) => Promise<{
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}>;

export function filesystemSource(openFiles: () => ProcFiles = openProcFiles, ask: StatFs = statfs): HostSource {
  return {
    name: 'filesystem',
    eventType: 'disk_metric',
    leastEveryMs: EVERY_MS,
    available: () => procAvailability(openFiles, '/proc/self/mounts'),
    open: () => openFilesystems(openFiles(), ask),
  };
}

function openFilesystems(files: ProcFiles, ask: StatFs): HostReader {
  return {
    close: files.close,
    read: async () => {
      const parts: Record<string, Readings> = {};
      for (const path of mountsOf(files.readOnce('/proc/self/mounts') ?? '')) {
        // Taken out since it was listed, or hidden from this user: not shown.
        const found = await ask(path).catch(() => null);
        if (found !== null && found.blocks > 0) parts[path] = fullness(found);
      }
      return { values: {}, parts };
    },
  };
}

/** As df(1): what only root may fill up counts as neither used nor available. */
function fullness({ bsize, blocks, bfree, bavail, files, ffree }: Awaited<ReturnType<StatFs>>): Readings {
  const used = blocks - bfree;
  return {
    totalMiB: (blocks * bsize) / BYTES_PER_MIB,
    usedMiB: (used * bsize) / BYTES_PER_MIB,
    availableMiB: (bavail * bsize) / BYTES_PER_MIB,
    usedPercent: used + bavail > 0 ? (100 * used) / (used + bavail) : null,
    // Some kinds have no fixed number of files.
    usedFilesPercent: files > 0 ? (100 * (files - ffree)) / files : null,
  };
}

/** One path for each device, the shortest: a device may be mounted many times. */
export function mountsOf(text: string): readonly string[] {
  const byDevice = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [device, path, type, options = ''] = line.split(' ').map(unescaped);
    if (device === undefined || path === undefined || !LOCAL.has(type ?? '')) continue;
    // Images of programs (snap) are full by nature.
    if (options.split(',').includes('ro')) continue;
    const known = byDevice.get(device);
    if (known === undefined || path.length < known.length) byDevice.set(device, path);
  }
  return [...byDevice.values()].toSorted();
}

/** Spaces and the like are written in octal. */
const unescaped = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
