// What is used of the machine's memory, of the control group's and of the program's own budget enters; whether a session of a model may be made leaves.
// Pure. Above 80 % of any of them none is; it is allowed again below 75 %, for a session itself would else bring it over and back.
import type { MachineMemory } from './machine-memory.ts';

const FULL = 0.8;
const FREE_AGAIN = 0.75;

export interface MemoryUse {
  readonly machine: MachineMemory;
  /** Of this program, MiB; null: not measured. */
  readonly ownMiB: number | null;
  readonly budgetMiB: number;
}

/** @param refused whether it was refused before. @returns why none may be made; null when it may. */
export function modelRefusal(refused: boolean, { machine, ownMiB, budgetMiB }: MemoryUse): string | null {
  const most = refused ? FREE_AGAIN : FULL;
  const { totalMiB, availableMiB, cgroupLimitMiB, cgroupUsedMiB } = machine;
  const inUse = totalMiB === null || availableMiB === null ? null : totalMiB - availableMiB;
  const shares: readonly (readonly [used: number | null, of: number | null, whose: string])[] = [
    [inUse, totalMiB, 'of the memory of this machine'],
    [cgroupUsedMiB, cgroupLimitMiB, 'of what this session or container may use'],
    [ownMiB, budgetMiB, 'of SecLyzer’s own budget of memory'],
  ];
  for (const [used, of, whose] of shares) {
    if (used === null || of === null || of <= 0 || used / of <= most) continue;
    return `${Math.round((100 * used) / of)} % ${whose} is in use, and above ${Math.round(100 * FULL)} % no model is loaded.`;
  }
  return null;
}
