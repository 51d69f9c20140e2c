// Lists of processes enter, what is known of a process leaves, as long as it was seen of late. And an event that names processes enters,
// the same with what is known of them leaves; the original stays as it is.
import type { HostEvent, ProcessRow, TopProcesses } from '../../../src-preload/contract.ts';

export interface ProcessCache {
  readonly note: (top: TopProcesses, nowMs: number) => void;
  readonly find: (pid: number) => ProcessRow | null;
  readonly size: () => number;
  /** The event itself where it names nobody who is known. */
  readonly enriched: (event: HostEvent) => HostEvent;
}

/** How often the old ones are looked for. */
const SWEEP_MS = 10_000;

export function createProcessCache(expiryMs: number): ProcessCache {
  const known = new Map<number, { readonly row: ProcessRow; readonly atMs: number }>();
  let newestMs = -Infinity;
  let sweptMs = -Infinity;

  function noteAll(rows: readonly ProcessRow[], atMs: number): void {
    for (const row of rows) known.set(row.pid, { row, atMs });
  }
  function find(pid: number): ProcessRow | null {
    const one = known.get(pid);
    return one === undefined || newestMs - one.atMs > expiryMs ? null : one.row;
  }
  return {
    note: ({ byCpu, byMemory, byGrowth, byDisk }, nowMs) => {
      newestMs = nowMs;
      for (const rows of [byCpu, byMemory, byGrowth, byDisk]) noteAll(rows, nowMs);
      if (nowMs - sweptMs < SWEEP_MS) return;
      sweptMs = nowMs;
      for (const [pid, { atMs }] of known) if (nowMs - atMs > expiryMs) known.delete(pid);
    },
    find,
    size: () => known.size,
    enriched: (event) => {
      if (event.event_type !== 'syscall') return event;
      const named = Object.keys(event.data.parts).flatMap((name) => find(Number(name)) ?? []);
      if (named.length === 0) return event;
      return { ...event, data: { ...event.data, processes: named } };
    },
  };
}
