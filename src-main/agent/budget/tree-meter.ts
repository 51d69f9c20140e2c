// The processes of the program enter, every some seconds; what each costs leaves: memory, processor time, bytes written, wake-ups. Cheap enough
// to go on always: the proportional size of memory, which the kernel walks all pages for, is read anew only when the cheap one has moved.
import type { ProcessRole } from '../../../src-preload/contract.ts';
import {
  argumentsOf,
  cpuSeconds,
  memoryMiB,
  processTree,
  residentMiB,
  voluntarySwitches,
  writtenBytes,
} from './proc-reader.ts';
import { roleOf } from './process-role.ts';
import { NO_RATES, ratesOf, type CounterReading, type Counters, type Rates } from './rates.ts';

export interface MeasuredProcess {
  readonly pid: number;
  readonly role: ProcessRole;
  readonly memoryMiB: number | null;
  /** Since the measurement before; null at the first that it is in. */
  readonly rates: Rates;
}

export interface TreeMeasurement {
  /** Of the meter's clock. */
  readonly atMs: number;
  /** The agent first. */
  readonly processes: readonly MeasuredProcess[];
}

export interface TreeMeter {
  /** @param exact everything anew, for somebody who looks. */
  readonly measure: (exact: boolean) => TreeMeasurement;
}

export interface TreeMeterParts {
  /** Processes that belong to the program but do not descend from this one. */
  readonly roots: () => readonly number[];
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly platform?: NodeJS.Platform;
}

/** Between two readings of the proportional size resident memory may move so far, and so long at most. */
const MOVED_MIB = 4;
const WALK_EVERY_MS = 120_000;
/** Processes come and go with windows. */
const LIST_EVERY_MS = 15_000;
const BYTES_PER_MIB = 2 ** 20;
/** Of getrusage(2), whatever the file system. */
const BYTES_PER_BLOCK = 512;

interface Walked {
  readonly atMs: number;
  readonly pssMiB: number | null;
  readonly residentMiB: number | null;
}

export function createTreeMeter({ roots, nowMs, platform = process.platform }: TreeMeterParts): TreeMeter {
  const hasProc = platform === 'linux';
  const walked = new Map<number, Walked>();
  const roles = new Map<number, ProcessRole>();
  let listedMs = -Infinity;
  let listed: readonly number[] = [process.pid];
  let before: CounterReading | null = null;

  function list(atMs: number, exact: boolean): void {
    if (!hasProc || (!exact && atMs - listedMs < LIST_EVERY_MS)) return;
    listedMs = atMs;
    listed = [...processTree([process.pid, ...roots()])];
    for (const pid of [...roles.keys()])
      if (!listed.includes(pid)) for (const known of [roles, walked]) known.delete(pid);
    for (const pid of listed)
      if (!roles.has(pid)) roles.set(pid, roleOf(pid, argumentsOf(pid), { own: process.pid, roots: roots() }));
  }
  /** Where there is no /proc (Windows, macOS), resident memory of this process alone. */
  function memoryOf(pid: number, atMs: number, exact: boolean): number | null {
    if (!hasProc) return process.memoryUsage().rss / BYTES_PER_MIB;
    const now = residentMiB(pid);
    const last = walked.get(pid);
    const moved = now === null ? 0 : now - (last?.residentMiB ?? now);
    if (last !== undefined && !exact && Math.abs(moved) < MOVED_MIB && atMs - last.atMs < WALK_EVERY_MS)
      // What is new to a process is mostly its own.
      return last.pssMiB === null ? null : Math.max(0, last.pssMiB + moved);
    const pssMiB = memoryMiB(pid);
    walked.set(pid, { atMs, pssMiB, residentMiB: now });
    return pssMiB;
  }

  return {
    measure: (exact) => {
      const atMs = nowMs();
      list(atMs, exact);
      const after: CounterReading = { atMs, of: new Map(listed.map((pid) => [pid, countersOf(pid)])) };
      const processes = listed.map((pid) => ({
        ...{ pid, role: roles.get(pid) ?? 'agent', memoryMiB: memoryOf(pid, atMs, exact) },
        rates: before === null ? NO_RATES : ratesOf(before, after, pid),
      }));
      before = after;
      return { atMs, processes };
    },
  };
}

/** Of this process the kernel tells all at once, to the microsecond, where /proc/PID/stat has steps of 10 ms. */
function countersOf(pid: number): Counters {
  if (pid !== process.pid)
    return { cpuSeconds: cpuSeconds(pid), writtenBytes: writtenBytes(pid), wakeUps: voluntarySwitches(pid) };
  const { userCPUTime, systemCPUTime, fsWrite, voluntaryContextSwitches } = process.resourceUsage();
  return {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    writtenBytes: fsWrite * BYTES_PER_BLOCK,
    wakeUps: voluntaryContextSwitches,
  };
}
