// What enters: process ids. What leaves: what the Linux kernel says about those processes; null where it won't say.
import { readFileSync, readdirSync } from 'node:fs';

/** Of /proc/PID/stat: the kernel reports times to user space in 1/100 s on every architecture that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;

/** A process may end, or be another user's, between being listed and being read; anything else is a real error. */
function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR')
      return null;
    throw error;
  }
}

/** Reads `Name:   123 kB` from smaps_rollup or status; null without such a line. */
export function kibOf(text: string, name: string): number | null {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/**
 * Proportional set size: private memory plus the process's share of what it shares, so that a sum over processes counts
 * nothing twice (proc_pid_smaps(5)). The kernel refuses it for a sandboxed process (Electron's zygotes); its anonymous
 * memory, which is private, stands in, a lower bound.
 */
export function memoryMiB(pid: number): number | null {
  const rollup = readProc(`/proc/${pid}/smaps_rollup`);
  const pssKib = rollup === null ? null : kibOf(rollup, 'Pss');
  if (pssKib !== null) return pssKib / KIB_PER_MIB;
  const status = readProc(`/proc/${pid}/status`);
  const anonymousKib = status === null ? null : kibOf(status, 'RssAnon');
  return anonymousKib === null ? null : anonymousKib / KIB_PER_MIB;
}

/** User and system time of a line of /proc/PID/stat, in seconds. The name (field 2) may hold spaces and brackets. */
export function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime are fields 14 and 15 (proc_pid_stat(5)); `fields` begins at field 3.
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export function cpuSeconds(pid: number): number | null {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat === null ? null : cpuSecondsOf(stat);
}

function childrenOf(pid: number): readonly number[] {
  let threads: readonly string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    // Gone since it was listed: a process that is no more has no children.
    return [];
  }
  const lists = threads.map((thread) => readProc(`/proc/${pid}/task/${thread}/children`) ?? '');
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

/** The given processes and all that descend from them, each once. */
export function processTree(roots: Iterable<number>): ReadonlySet<number> {
  const tree = new Set(roots);
  // A Set hands out what is added while it is walked.
  for (const pid of tree) for (const child of childrenOf(pid)) tree.add(child);
  return tree;
}
