// Enters: a process. Leaves: it and all that it started, however far down, and the memory that they occupy.
import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessMemory {
  readonly pid: number;
  /** Chromium's name for its part of the work, else the program's. */
  readonly name: string;
  readonly pssMiB: number;
}

export interface TreeMemory {
  /** Proportional set size: what processes share counts once, divided among them. */
  readonly pssMiB: number;
  /** The largest first. */
  readonly processes: readonly ProcessMemory[];
}

/** The process itself comes first. One that ends meanwhile is left out. */
export function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = readUnlessGone(`/proc/${name}/stat`);
    // The second field may hold blanks and brackets; what follows its last bracket is plain.
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/** @throws Error where /proc tells nothing of `root`: it is gone, or another user's */
export function treeMemory(root: number): TreeMemory {
  const processes = processTree(root).flatMap((pid): ProcessMemory[] => {
    const rollup = readUnlessGone(`/proc/${pid}/smaps_rollup`);
    const [, kiB] = /^Pss:\s+(\d+) kB$/m.exec(rollup ?? '') ?? [];
    return kiB === undefined ? [] : [{ pid, name: processName(pid), pssMiB: round(Number(kiB) / 1024) }];
  });
  if (processes[0]?.pid !== root) throw new Error(`/proc tells nothing of the memory of process ${root}`);
  return {
    pssMiB: round(processes.reduce((sum, { pssMiB }) => sum + pssMiB, 0)),
    processes: processes.toSorted((a, b) => b.pssMiB - a.pssMiB),
  };
}

function processName(pid: number): string {
  const words = (readUnlessGone(`/proc/${pid}/cmdline`) ?? '').split('\0');
  const type = /--type=(\S+)/.exec(words.join(' '))?.[1];
  const service = /--utility-sub-type=(\S+)/.exec(words.join(' '))?.[1];
  return service ?? type ?? (readUnlessGone(`/proc/${pid}/comm`) ?? '').trim();
}

function readUnlessGone(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // ESRCH: between opening and reading.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;
