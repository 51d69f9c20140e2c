// All processes enter, those that use most leave, in four lists.
import type { ProcessRow, TopProcesses } from '../../../../src-preload/contract.ts';

export interface Use {
  readonly pid: number;
  readonly cpuPercent: number;
  readonly rssMiB: number;
  readonly growthMiB: number;
  readonly readBytesPerSecond: number | null;
  readonly writtenBytesPerSecond: number | null;
}

const MOST_USED = 10;
const MOST_NOTED = 5;
/** Below these nobody wonders where the memory or the disk's time goes. */
const GROWTH_MIB = 8;
const DISK_BYTES_PER_SECOND = 4096;

/** @param toRow called for those that are listed, once each. */
export function mostUsed<T extends Use>(all: readonly T[], toRow: (one: T) => ProcessRow): TopProcesses {
  const rows = new Map<number, ProcessRow>();
  const rowOf = (one: T): ProcessRow => {
    const row = rows.get(one.pid) ?? toRow(one);
    rows.set(one.pid, row);
    return row;
  };
  const most = (size: (one: T) => number, least: number, count: number): ProcessRow[] =>
    largest(all, size, least, count).map(rowOf);
  return {
    byCpu: most((one) => one.cpuPercent, 0, MOST_USED),
    byMemory: most((one) => one.rssMiB, 0, MOST_USED),
    byGrowth: most((one) => one.growthMiB, GROWTH_MIB, MOST_NOTED),
    byDisk: most(
      (one) => (one.readBytesPerSecond ?? 0) + (one.writtenBytesPerSecond ?? 0),
      DISK_BYTES_PER_SECOND,
      MOST_NOTED,
    ),
  };
}

/** Those above `least`, largest first; without sorting all of them. */
function largest<T>(all: readonly T[], size: (one: T) => number, least: number, count: number): readonly T[] {
  const found: { readonly one: T; readonly size: number }[] = [];
  for (const one of all) {
    const mine = size(one);
    if (mine <= least || (found.length === count && mine <= (found.at(-1)?.size ?? Infinity))) continue;
    const at = found.findIndex((other) => other.size < mine);
    found.splice(at < 0 ? found.length : at, 0, { one, size: mine });
    if (found.length > count) found.pop();
  }
  return found.map(({ one }) => one);
}
