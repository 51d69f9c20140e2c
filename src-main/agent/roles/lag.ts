// How long entries waited in, how long they wait out: the middle and the ends of the last few thousand.

export interface LagView {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface Lag {
  readonly add: (ms: number) => void;
  /** null before the first. */
  readonly view: () => LagView | null;
}

const KEPT = 4096;

export function createLag(): Lag {
  const kept = new Float64Array(KEPT);
  let added = 0;
  return {
    add: (ms) => {
      kept[added % KEPT] = Math.max(0, ms);
      added += 1;
    },
    view: () => {
      if (added === 0) return null;
      const all = kept.slice(0, Math.min(added, KEPT)).toSorted();
      const at = (share: number): number => all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? 0;
      return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
    },
  };
}

/** The clock of Redis stands in the id of an entry. */
export const addedMs = (id: string): number => Number(id.split('-')[0]);
