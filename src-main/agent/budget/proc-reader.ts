// What enters: process ids. What leaves: what the Linux kernel says about those processes; null where it won't say.
import { readFileSync, readdirSync } from 'node:fs';

/** Of /proc/PID/stat: the kernel reports times to user space in 1/100 s on every architecture that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;
/** Of /proc/PID/statm; the same on every machine that Electron runs on but some ARM servers, where it is only a guide between two readings. */
const PAGES_PER_MIB = 256;

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

/** Resident memory: counts shared pages in full, and costs a hundredth of what the proportional size does. */
export function residentMiB(pid: number): number | null {
  const pages = readProc(`/proc/${pid}/statm`)?.split(' ')[1];
  return pages === undefined ? null : Number(pages) / PAGES_PER_MIB;
}

/** Bytes that it has sent to the storage layer so far (proc_pid_io(5)); the kernel tells it of a sandboxed process to root alone. */
export function writtenBytes(pid: number): number | null {
  const written = /^write_bytes: (\d+)$/m.exec(readProc(`/proc/${pid}/io`) ?? '')?.[1];
  return written === undefined ? null : Number(written);
}

/** Voluntary context switches of all its threads so far: how often one of them began to wait, and so had been woken before. */
export function voluntarySwitches(pid: number): number | null {
  let sum: number | null = null;
  for (const thread of threadsOf(pid)) {
    const status = readProc(`/proc/${pid}/task/${thread}/status`) ?? '';
    const switches = /^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1];
    if (switches !== undefined) sum = (sum ?? 0) + Number(switches);
  }
  return sum;
}

/** Its arguments; none for one that is gone. */
export const argumentsOf = (pid: number): readonly string[] =>
  (readProc(`/proc/${pid}/cmdline`) ?? '').split(/[\0 ]/).filter(Boolean);

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

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // Gone since it was listed: a process that is no more has neither threads nor children.
    return [];
  }
}

function childrenOf(pid: number): readonly number[] {
  const lists = threadsOf(pid).map((thread) => readProc(`/proc/${pid}/task/${thread}/children`) ?? '');
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

/** The given processes and all that descend from them, each once. */
export function processTree(roots: Iterable<number>): ReadonlySet<number> {
  const tree = new Set(roots);
  // A Set hands out what is added while it is walked.
  for (const pid of tree) for (const child of childrenOf(pid)) tree.add(child);
  return tree;
}
