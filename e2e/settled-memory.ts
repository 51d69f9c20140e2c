// Enters: a program that has been started. Leaves: the memory that it and all it started occupy once they have come to rest.
import { setTimeout as pass } from 'node:timers/promises';
import { treeMemory, type TreeMemory } from './process-tree.ts';

/** Until a program has done what it does at its start, and given back what it needed for that. */
const SETTLE_MS = 7000;
const READINGS = 4;
const BETWEEN_MS = 400;

/** The smallest of some readings: what is there however the moment falls. */
export async function settledMemory(pid: number, waitMs = SETTLE_MS): Promise<TreeMemory> {
  await pass(waitMs);
  const readings: TreeMemory[] = [];
  for (let i = 0; i < READINGS; i += 1) {
    readings.push(treeMemory(pid));
    await pass(BETWEEN_MS);
  }
  return readings.reduce((least, each) => (each.pssMiB < least.pssMiB ? each : least));
}
