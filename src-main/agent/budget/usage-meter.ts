// The processes of the program, its data folder, the memory of the machine and its power supply enter; what all of it comes to leaves, every five
// seconds. It has no timer of its own: whoever ticks asks, so that it wakes the processor no more often than that.
import type { Budget, Figure, StoragePart } from '../../../src-preload/contract.ts';
import type { ProcFiles } from '../collect/host/proc-files.ts';
import type { BudgetLimits } from '../settings.ts';
import { createMemoryWatch, type MachineMemory } from './machine-memory.ts';
import { readPower, type Power } from './power.ts';
import { DRAWING } from './process-role.ts';
import { storageParts } from './storage-parts.ts';
import type { MeasuredProcess, TreeMeter } from './tree-meter.ts';

export interface Usage {
  /** Of the meter's clock. */
  readonly atMs: number;
  readonly processes: readonly MeasuredProcess[];
  readonly memoryMiB: number;
  /** Of one core; null at the first. */
  readonly cpuPercent: number | null;
  /** The same without what only a window that is looked at costs: nothing that is given up brings that back. */
  readonly governedCpuPercent: number | null;
  readonly writtenBytesPerSecond: number | null;
  readonly wakeUpsPerSecond: number | null;
  readonly storage: readonly StoragePart[];
  readonly storageMiB: number;
  readonly machine: MachineMemory;
  readonly power: Power;
}

export interface UsageMeter {
  /** null: it is not time yet. @param exact for somebody who looks: nothing of it is older than this measurement. */
  readonly measure: (exact: boolean) => Usage | null;
}

export interface UsageMeterParts {
  readonly tree: TreeMeter;
  readonly dataDir: string;
  readonly files: ProcFiles;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
}

const MEASURE_EVERY_MS = 5000;
/** Ticks are not exact to the millisecond. */
const EARLY_MS = 250;
const STORAGE_EVERY_MS = 60_000;
const POWER_EVERY_MS = 30_000;

export function createUsageMeter({ tree, dataDir, files, nowMs }: UsageMeterParts): UsageMeter {
  const memory = createMemoryWatch(files);
  let measuredMs = -Infinity;
  const storage = kept(STORAGE_EVERY_MS, () => storageParts(dataDir));
  const power = kept(POWER_EVERY_MS, () => readPower(files));
  return {
    measure: (exact) => {
      const atMs = nowMs();
      if (atMs - measuredMs < MEASURE_EVERY_MS - EARLY_MS) return null;
      measuredMs = atMs;
      const { processes } = tree.measure(exact);
      const cpu = (some: readonly MeasuredProcess[]): number | null =>
        sumOf(some.map(({ rates }) => (rates.cpuSeconds === null ? null : 100 * rates.cpuSeconds)));
      const parts = storage(atMs, exact);
      return {
        ...{ atMs, processes, storage: parts, machine: memory.read(atMs), power: power(atMs, false) },
        memoryMiB: sumOf(processes.map(({ memoryMiB }) => memoryMiB)) ?? 0,
        cpuPercent: cpu(processes),
        governedCpuPercent: cpu(processes.filter(({ role }) => !DRAWING.has(role))),
        writtenBytesPerSecond: sumOf(processes.map(({ rates }) => rates.writtenBytes)),
        wakeUpsPerSecond: sumOf(processes.map(({ rates }) => rates.wakeUps)),
        storageMiB: parts.reduce((sum, { usedMiB }) => sum + usedMiB, 0),
      };
    },
  };
}

/** As read last, for a while. */
function kept<T>(everyMs: number, read: () => T): (nowMs: number, anew: boolean) => T {
  let last: { readonly atMs: number; readonly value: T } | null = null;
  return (atMs, anew) => {
    if (last === null || anew || atMs - last.atMs >= everyMs) last = { atMs, value: read() };
    return last.value;
  };
}

/** Of those that are known; null where none is. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** What the snapshot shows of it. */
export const shownBudget = (usage: Usage, limits: BudgetLimits): Budget => ({
  memoryMiB: { used: usage.memoryMiB, limit: limits.memoryMiB },
  cpuPercent: { used: usage.cpuPercent ?? 0, limit: limits.cpuPercent },
  storageMiB: { used: usage.storageMiB, limit: limits.storageMiB },
});

export const figure = (value: number | null, reason: string): Figure =>
  value === null ? { value: null, reason } : { value, reason: null };
