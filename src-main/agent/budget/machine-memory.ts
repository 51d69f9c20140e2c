// /proc/meminfo and the control group of this process enter; how much memory there is for this program, and how much of it is taken, leaves.
import { readCgroupLimits } from '../collect/host/cgroup-limits.ts';
import type { ProcFiles } from '../collect/host/proc-files.ts';
import { cgroupUsedMiB } from './cgroup-use.ts';

export interface MachineMemory {
  readonly totalMiB: number | null;
  /** That programs may still have, as the kernel estimates it (MemAvailable, proc_meminfo(5)). */
  readonly availableMiB: number | null;
  /** Of the tightest group that this process is in, where that is less than the machine has; and what is used of it, page cache left out. */
  readonly cgroupLimitMiB: number | null;
  readonly cgroupUsedMiB: number | null;
}

export interface MemoryWatch {
  readonly read: (nowMs: number) => MachineMemory;
}

const KIB_PER_MIB = 1024;
/** A limit is set once and for all, nearly always. */
const LIMIT_EVERY_MS = 60_000;

export function createMemoryWatch(files: ProcFiles): MemoryWatch {
  let limitMiB: number | null = null;
  let limitMs = -Infinity;
  return {
    read: (nowMs) => {
      const text = files.read('/proc/meminfo') ?? '';
      const totalMiB = mibOf(text, 'MemTotal');
      if (nowMs - limitMs >= LIMIT_EVERY_MS) {
        limitMs = nowMs;
        const { memoryMiB } = readCgroupLimits(files);
        limitMiB = memoryMiB !== null && (totalMiB === null || memoryMiB < totalMiB) ? memoryMiB : null;
      }
      return {
        ...{ totalMiB, availableMiB: mibOf(text, 'MemAvailable'), cgroupLimitMiB: limitMiB },
        cgroupUsedMiB: limitMiB === null ? null : cgroupUsedMiB(files),
      };
    },
  };
}

function mibOf(text: string, name: string): number | null {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  return kib === undefined ? null : Number(kib) / KIB_PER_MIB;
}
