// What enters: a span of time. What leaves: the trust points stored in it, thinned for a chart.
import type { TrustPoint } from '../../../src-preload/contract.ts';
import type { Database } from './driver.ts';
import { trustOf } from './rows.ts';
import type { TrustRow } from './rows.ts';
import { keptPoints } from './thin.ts';

export type TrustHistory = (fromMs: number, toMs: number, maxPoints: number) => readonly TrustPoint[];

/** Reads the narrow columns of the whole span first and whole rows only of the points kept: 30 days are half a million rows. */
export function createTrustHistory(db: Database): TrustHistory {
  const span = db.prepare<[number, number], readonly [atMs: number, state: number, trust: number | null]>(
    'SELECT at_ms, state, trust FROM trust WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms',
  );
  span.raw();
  const point = db.prepare<[number], TrustRow>('SELECT * FROM trust WHERE at_ms = ?');

  return (fromMs, toMs, maxPoints) => {
    const timesMs: number[] = [];
    const states: number[] = [];
    const trust: (number | null)[] = [];
    for (const [atMs, state, level] of span.iterate(fromMs, toMs)) {
      timesMs.push(atMs);
      states.push(state);
      trust.push(level);
    }
    const rows = keptPoints(states, trust, maxPoints).map((index) => point.get(timesMs[index] ?? NaN));
    return rows.filter((row) => row !== undefined).map(trustOf);
  };
}
