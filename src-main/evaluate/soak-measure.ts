// A process and its folder in, what they take from outside out: memory, descriptors, threads, processes, processor, and the bytes of each part of
// the data. Linux alone tells it.
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cpuSeconds, kibOf, memoryMiB, processTree } from '../agent/budget/proc-reader.ts';
import { codeOf } from '../agent/thrown.ts';
import type { InsideReport } from './soak-inside.ts';

const KIB_PER_MIB = 1024;

export interface Outside {
  readonly pssMiB: number;
  readonly rssMiB: number;
  /** Neither of files nor shared: other programs that start and end do not move it, as they do the proportional size. */
  readonly anonymousMiB: number;
  readonly swapMiB: number;
  /** By kind: socket, pipe, file and what else the kernel names. */
  readonly descriptors: Readonly<Record<string, number>>;
  readonly threads: number;
  /** Children and theirs. */
  readonly children: number;
  /** Of the whole tree, since the process began. */
  readonly cpuSeconds: number;
  /** Bytes by file of the data folder. */
  readonly storage: Readonly<Record<string, number>>;
  /** From inside the process; null before its first report. */
  readonly inside: InsideReport | null;
}

/** null once the process is gone. */
export function measureOutside(pid: number, dataDir: string, reportFile: string): Outside | null {
  const status = textOf(`/proc/${pid}/status`);
  const pssMiB = memoryMiB(pid);
  if (status === null || pssMiB === null) return null;
  const tree = processTree([pid]);
  return {
    pssMiB: round(pssMiB),
    rssMiB: round((kibOf(status, 'VmRSS') ?? 0) / KIB_PER_MIB),
    anonymousMiB: round((kibOf(status, 'RssAnon') ?? 0) / KIB_PER_MIB),
    swapMiB: round((kibOf(status, 'VmSwap') ?? 0) / KIB_PER_MIB),
    descriptors: descriptorsOf(pid),
    threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1] ?? 0),
    children: tree.size - 1,
    cpuSeconds: [...tree].reduce((sum, one) => sum + (cpuSeconds(one) ?? 0), 0),
    storage: bytesByFile(dataDir),
    inside: insideOf(reportFile),
  };
}

function descriptorsOf(pid: number): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    const kind = kindOf(linkOf(`/proc/${pid}/fd/${fd}`));
    if (kind !== null) kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

/** `socket:[123]`, `anon_inode:[eventpoll]`, `/home/…/seclyzer.db-wal`; null for one that was closed meanwhile. */
export function kindOf(target: string | null): string | null {
  if (target === null) return null;
  if (target.startsWith('/')) return target.startsWith('/dev/') ? 'device' : 'file';
  const [, kind, name] = /^([a-z_]+):\[?([a-z_]*)/.exec(target) ?? [];
  return kind === 'anon_inode' && name !== undefined && name !== '' ? name : (kind ?? 'other');
}

function bytesByFile(folder: string, prefix = ''): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) Object.assign(sizes, bytesByFile(path, `${prefix}${entry.name}/`));
    else if (entry.isFile()) sizes[prefix + entry.name] = sizeOf(path);
  }
  return sizes;
}

const sizeOf = (path: string): number => whileThere(() => statSync(path).size) ?? 0;
const linkOf = (path: string): string | null => whileThere(() => readlinkSync(path));
const textOf = (path: string): string | null => whileThere(() => readFileSync(path, 'utf8'));

function insideOf(file: string): InsideReport | null {
  const text = textOf(file);
  return text === null ? null : (JSON.parse(text) as InsideReport);
}

/** What is looked at changes while it is looked at. */
function whileThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}

const round = (mib: number): number => Math.round(mib * 1000) / 1000;
