// `perf stat` as the counter where bpftrace is missing: the sum of all calls, and of those that failed. By name it would need a counter
// for each call on each core, which takes perf seconds to set up and to take down.
import type { Line, Tool } from './tool.ts';

const EVENT = 'raw_syscalls:sys_exit';
/** A return value below -511 is the kernel's own, for a call that it begins again; rt_sigreturn has lost its number, and returns none. */
const FAILED = 'id >= 0 && ret < 0 && ret > -512';
const EVERY_MS = 1000;
/** A million calls of dd took 0.17 s longer with it (AMD EPYC, 2 cores, Linux 6.18). */
const NS_PER_CALL = 200;

/** @param pid null for all processes. */
export function perfTool(command: string, pid: number | null): Tool {
  return {
    source: 'perf',
    command,
    args: [
      ...['stat', '-x', ',', '-I', String(EVERY_MS)],
      ...(pid === null ? ['-a'] : ['-p', String(pid)]),
      ...['-e', EVENT, '-e', EVENT, '--filter', FAILED],
    ],
    env: { LC_ALL: 'C' },
    stream: 'stderr',
    nsPerCall: NS_PER_CALL,
    reader: createPerfReader,
  };
}

/** Two lines a second: `1.001087287,7932,,raw_syscalls:sys_exit,2019614120,100.00,,`, all of them first, then those that failed. */
export function createPerfReader(): (line: string) => Line {
  let beforeS = 0;
  let all: { readonly atS: number; readonly count: number } | null = null;
  return (line) => {
    if (line.trim() === '') return { kind: 'part' };
    const [at = '', value = '', , event] = line.split(',').map((field) => field.trim());
    const [atS, count] = [Number(at), value === '<not counted>' ? 0 : Number(value)];
    if (
      event !== EVENT ||
      at === '' ||
      value === '' ||
      !Number.isFinite(atS) ||
      !Number.isSafeInteger(count) ||
      count < 0
    )
      return { kind: 'malformed' };
    if (all === null || all.atS !== atS) {
      all = { atS, count };
      return { kind: 'part' };
    }
    const seconds = atS - beforeS;
    beforeS = atS;
    const total = all.count;
    all = null;
    if (seconds <= 0) return { kind: 'malformed' };
    const calls = total === 0 ? [] : [{ name: 'all', count: total, errors: Math.min(count, total), latencyLog2Ns: [] }];
    return { kind: 'reading', counted: { seconds, calls } };
  };
}
