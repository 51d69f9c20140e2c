// Ticks in, what the last of them said out: kept in memory for the dashboard, a minute long.
import type { TrustPoint } from '../../src-preload/contract.ts';
import type { Tick } from './pipeline.ts';

export interface Journal {
  readonly add: (tick: Tick) => void;
  readonly read: () => { readonly ticks: readonly Tick[]; readonly point: TrustPoint; readonly sinceMs: number };
  /** Begins anew from this point. */
  readonly restart: (from: TrustPoint) => void;
}

const MINUTE_MS = 60_000;

export function createJournal(first: TrustPoint): Journal {
  let ticks: readonly Tick[] = [];
  let point = first;
  let sinceMs = first.atMs;
  return {
    add: (tick) => {
      ticks = [...ticks, tick].filter((past) => past.point.atMs > tick.point.atMs - MINUTE_MS);
      if (tick.point.state !== point.state) sinceMs = tick.point.atMs;
      point = tick.point;
    },
    read: () => ({ ticks, point, sinceMs }),
    restart: (from) => {
      ticks = [];
      point = from;
      sinceMs = from.atMs;
    },
  };
}
