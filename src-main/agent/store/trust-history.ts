// What enters: a span of time. What leaves: the trust points and the scores kept in it, the points thinned for a chart.
import { MODALITIES, type TrustPoint } from '../../../src-preload/contract.ts';
import { known, scoreOf, trustOf } from './rows.ts';
import type { StreamRows } from './series/series-reader.ts';
import type { StreamName } from './series/streams.ts';
import type { StoredScore } from './store.ts';
import { keptPoints } from './thin.ts';

export interface TrustHistory {
  readonly trust: (fromMs: number, toMs: number, maxPoints: number) => readonly TrustPoint[];
  readonly scores: (fromUs: number, toUs: number) => readonly StoredScore[];
}

type ReadRows = (stream: StreamName, fromUs: number, toUs: number) => StreamRows;

const US_PER_MS = 1000;

export function createTrustHistory(read: ReadRows): TrustHistory {
  return {
    trust: (fromMs, toMs, maxPoints) => {
      const rows = read('trust', fromMs * US_PER_MS, toMs * US_PER_MS);
      const places = lastOfEach(rows.times);
      const [trust, , , states] = rows.columns;
      const levels = places.map((at) => known(trust?.[at] ?? NaN));
      return keptPoints(
        places.map((at) => states?.[at] ?? NaN),
        levels,
        maxPoints,
      ).map((index) => pointAt(rows, places[index] ?? 0));
    },
    scores: (fromUs, toUs) =>
      MODALITIES.flatMap((modality) => {
        const rows = read(modality, fromUs, toUs);
        return lastOfEach(rows.times).map((at) => scoreOf(modality, rows.times[at] ?? NaN, valuesAt(rows, at)));
      }).toSorted((a, b) => a.ts - b.ts),
  };
}

/** What was said last of a moment holds: a screen that is unlocked makes a second point of the same tick. */
function lastOfEach(times: Float64Array): number[] {
  const places: number[] = [];
  for (let at = 0; at < times.length; at++) if (times[at] !== times[at + 1]) places.push(at);
  return places;
}

const valuesAt = ({ columns }: StreamRows, at: number): number[] => columns.map((column) => column[at] ?? NaN);

const pointAt = (rows: StreamRows, at: number): TrustPoint => trustOf(rows.times[at] ?? NaN, valuesAt(rows, at));
