// Ticks in, what the last of them said out: kept in memory for the dashboard, a minute long.
import type { State, TrustPoint } from '../../src-preload/contract.ts';
import type { Tick } from './pipeline.ts';

export interface Journal {
  readonly add: (tick: Tick) => void;
  readonly read: () => { readonly ticks: readonly Tick[]; readonly point: TrustPoint; readonly sinceMs: number };
  readonly clear: () => void;
}

const MINUTE_MS = 60_000;

export function createJournal(state: State, nowMs: () => number = Date.now): Journal {
  const unknown = (at: State): TrustPoint => ({ atMs: nowMs(), trust: null, low: null, high: null, state: at });
  let ticks: readonly Tick[] = [];
  let point = unknown(state);
  let sinceMs = nowMs();
  return {
    add: (tick) => {
      ticks = [...ticks, tick].filter((past) => past.point.atMs > tick.point.atMs - MINUTE_MS);
      if (tick.point.state !== point.state) sinceMs = tick.point.atMs;
      point = tick.point;
    },
    read: () => ({ ticks, point, sinceMs }),
    clear: () => {
      ticks = [];
      point = unknown('LEARNING');
      sinceMs = nowMs();
    },
  };
}
