// The series that the page Host draws. In: what was fetched and what each push adds. Out: rows of a chart, gaps as empty rows.
import type { HostSeries, HostView } from '../src-preload/contract.ts';
import { SERIES_POINTS } from '../src-preload/contract.ts';
import { thinSeries } from '../src-preload/thin-series.ts';
import type { Point } from '../src-preload/thin-series.ts';
import type { ChartLine } from './host-charts.ts';

/** Oldest first, by the key of the metric. */
export type SeriesMap = ReadonlyMap<string, readonly Point[]>;

export interface SeriesRow {
  readonly atMs: number;
  /** One a line; null where it has none at this moment. */
  readonly values: readonly (number | null)[];
}

const SECOND_MS = 1000;
/** Readings that are so many times further apart than they should be have a gap between them, not a line. */
const GAP = 2.5;

/** The length of time that one point stands for. */
export const shareMs = (rangeMs: number): number => Math.max(SECOND_MS, rangeMs / SERIES_POINTS);

/** Fetched series; what was pushed since the newest of their points is kept behind them. */
export function withFetched(known: SeriesMap, fetched: readonly HostSeries[]): SeriesMap {
  return new Map(
    fetched.map(({ key, points }) => {
      const lastMs = points.at(-1)?.[0] ?? -Infinity;
      return [key, [...points, ...(known.get(key) ?? []).filter(([atMs]) => atMs > lastMs)]];
    }),
  );
}

/** With the readings of a view, where they are newer; what is older than the range is forgotten. */
export function withView(known: SeriesMap, view: HostView, keys: ReadonlySet<string>, rangeMs: number): SeriesMap {
  const readMs = new Map(view.collectors.map(({ source, atMs }) => [source, atMs]));
  const next = new Map(known);
  for (const { key, value } of view.metrics) {
    const atMs = readMs.get(key.slice(0, key.indexOf('.'))) ?? null;
    if (atMs === null || value === null || !keys.has(key)) continue;
    const points = known.get(key) ?? [];
    const lastMs = points.at(-1)?.[0] ?? -Infinity;
    if (atMs <= lastMs) continue;
    next.set(key, [...points.filter(([oldMs]) => oldMs > atMs - rangeMs), [atMs, value]]);
  }
  return next;
}

/**
 * What the chart draws of a stretch of time: a row a point of any line, and an empty row where a gap begins.
 * @param everyMs how far apart readings may be.
 */
export function seriesRows(
  lines: readonly ChartLine[],
  series: SeriesMap,
  [fromMs, toMs]: readonly [fromMs: number, toMs: number],
  everyMs: number,
): readonly SeriesRow[] {
  const bucketMs = shareMs(toMs - fromMs);
  const rows = new Map<number, (number | null)[]>();
  for (const [index, { key }] of lines.entries())
    for (const [atMs, value] of thinSeries(series.get(key) ?? [], bucketMs)) {
      if (atMs < fromMs || atMs > toMs) continue;
      const values = rows.get(atMs) ?? lines.map(() => null);
      values[index] = value;
      rows.set(atMs, values);
    }
  const ordered = [...rows].toSorted(([a], [b]) => a - b).map(([atMs, values]) => ({ atMs, values }));
  const gapMs = GAP * Math.max(bucketMs, everyMs);
  return ordered.flatMap((row, index) => {
    const next = ordered[index + 1];
    if (next === undefined || next.atMs - row.atMs <= gapMs) return [row];
    return [row, { atMs: row.atMs + 1, values: lines.map(() => null) }];
  });
}

/** The row at a moment, or the nearest within a gap of it; null where nothing is known. */
export function rowAt(rows: readonly SeriesRow[], atMs: number, withinMs: number): SeriesRow | null {
  let best: SeriesRow | null = null;
  for (const row of rows) {
    if (row.values.every((value) => value === null)) continue;
    if (best === null || Math.abs(row.atMs - atMs) < Math.abs(best.atMs - atMs)) best = row;
  }
  return best !== null && Math.abs(best.atMs - atMs) <= withinMs ? best : null;
}

export const highestOf = (rows: readonly SeriesRow[]): number =>
  rows.reduce((most, { values }) => values.reduce<number>((high, value) => Math.max(high, value ?? 0), most), 0);
