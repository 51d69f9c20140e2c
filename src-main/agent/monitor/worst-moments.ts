// The lists of processes of some seconds enter, one list of each kind leaves: everybody at his worst moment. Who did it may have ended
// before it was told.
import type { ProcessRow, TopProcesses } from '../../../src-preload/contract.ts';

type Kind = keyof TopProcesses;

export const diskTraffic = ({ readBytesPerSecond, writtenBytesPerSecond }: ProcessRow): number =>
  (readBytesPerSecond ?? 0) + (writtenBytesPerSecond ?? 0);

const SIZE: Readonly<Record<Kind, (row: ProcessRow) => number>> = {
  byCpu: ({ cpuPercent }) => cpuPercent,
  byMemory: ({ rssMiB }) => rssMiB,
  byGrowth: ({ growthMiB }) => growthMiB,
  byDisk: diskTraffic,
};

export function worstMoments(lists: readonly TopProcesses[]): TopProcesses {
  const worst = (kind: Kind): ProcessRow[] => {
    const size = SIZE[kind];
    const byPid = new Map<number, ProcessRow>();
    let longest = 0;
    for (const { [kind]: rows } of lists) {
      longest = Math.max(longest, rows.length);
      for (const row of rows) {
        const known = byPid.get(row.pid);
        if (known === undefined || size(row) > size(known)) byPid.set(row.pid, row);
      }
    }
    return [...byPid.values()].toSorted((a, b) => size(b) - size(a)).slice(0, longest);
  };
  return { byCpu: worst('byCpu'), byMemory: worst('byMemory'), byGrowth: worst('byGrowth'), byDisk: worst('byDisk') };
}
