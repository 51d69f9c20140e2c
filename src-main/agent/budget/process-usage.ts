// What enters: this process, its children, and further processes of the application. What leaves: the resources that they use,
// against their limits.
import type { Budget } from '../../../src-preload/contract.ts';
import { DEFAULT_SETTINGS, type BudgetLimits } from '../settings.ts';
import { folderBytes } from './folder-size.ts';
import { cpuSeconds, memoryMiB, processTree } from './proc-reader.ts';

export const DEFAULT_LIMITS: BudgetLimits = DEFAULT_SETTINGS.budget;

export interface UsageMeter {
  /** Cheap enough to call each second. */
  readonly read: () => Budget;
}

export interface UsageOptions {
  readonly dataDir: string;
  /** In force at this moment; the defaults otherwise. */
  readonly limits?: () => BudgetLimits;
  /** Processes that belong to the application but do not descend from this one: Electron's main process. */
  readonly pids?: () => readonly number[];
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs?: () => number;
  readonly platform?: NodeJS.Platform;
}

/** smaps_rollup walks every page of the process, some milliseconds each; the folder is as slow to change. */
const SLOW_FIGURES_EVERY_MS = 5_000;
/** The kernel counts other processes in steps of 10 ms: over a shorter time that is too coarse for a per cent. */
const CPU_OVER_AT_LEAST_MS = 500;
const BYTES_PER_MIB = 2 ** 20;

interface SlowFigures {
  readonly atMs: number;
  readonly tree: ReadonlySet<number>;
  readonly memoryMiB: number;
  readonly storageMiB: number;
}

interface CpuReading {
  readonly atMs: number;
  /** Seconds used so far, by process. */
  readonly seconds: ReadonlyMap<number, number>;
}

/** Where there is no /proc (Windows, macOS) only this process is measured, by its resident size. */
export function createUsageMeter(options: UsageOptions): UsageMeter {
  const { dataDir, limits = () => DEFAULT_LIMITS, pids = () => [], nowMs = () => performance.now() } = options;
  const hasProc = (options.platform ?? process.platform) === 'linux';

  function readSlow(atMs: number): SlowFigures {
    const tree = hasProc ? processTree([process.pid, ...pids()]) : new Set([process.pid]);
    const storageMiB = folderBytes(dataDir) / BYTES_PER_MIB;
    if (!hasProc) return { atMs, tree, memoryMiB: process.memoryUsage().rss / BYTES_PER_MIB, storageMiB };
    const parts = Array.from(tree, (pid) => memoryMiB(pid) ?? 0);
    return { atMs, tree, memoryMiB: parts.reduce((sum, part) => sum + part, 0), storageMiB };
  }

  function readCpu(atMs: number, tree: ReadonlySet<number>): CpuReading {
    const seconds = new Map<number, number>();
    for (const pid of tree) {
      const used = pid === process.pid ? ownCpuSeconds() : cpuSeconds(pid);
      if (used !== null) seconds.set(pid, used);
    }
    return { atMs, seconds };
  }

  let slow = readSlow(nowMs());
  let cpu = readCpu(slow.atMs, slow.tree);
  let cpuPercent = 0;

  return {
    read: () => {
      const atMs = nowMs();
      if (atMs - slow.atMs >= SLOW_FIGURES_EVERY_MS) slow = readSlow(atMs);
      if (atMs - cpu.atMs >= CPU_OVER_AT_LEAST_MS) {
        const latest = readCpu(atMs, slow.tree);
        cpuPercent = percentOfOneCore(cpu, latest);
        cpu = latest;
      }
      const { memoryMiB, cpuPercent: cpuLimit, storageMiB } = limits();
      return {
        memoryMiB: { used: slow.memoryMiB, limit: memoryMiB },
        cpuPercent: { used: cpuPercent, limit: cpuLimit },
        storageMiB: { used: slow.storageMiB, limit: storageMiB },
      };
    },
  };
}

/** To the microsecond, where /proc/PID/stat has steps of 10 ms. */
function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A process counts from the second reading that it is in: what it did before is not of this span. */
function percentOfOneCore(before: CpuReading, after: CpuReading): number {
  let used = 0;
  for (const [pid, seconds] of after.seconds) used += Math.max(0, seconds - (before.seconds.get(pid) ?? seconds));
  return (100 * used * 1e3) / (after.atMs - before.atMs);
}
