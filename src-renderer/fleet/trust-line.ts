// The last hour of a host's trust in, what the chart draws of it out: rows with the gaps as empty rows, and the band as a closed path.
import { HISTORY_MS, HISTORY_POINTS, type FleetPoint } from '../../src-preload/fleet.ts';
import type { SeriesRow } from '../host-series.ts';
import type { PlotFrame } from '../small-plot.ts';

/** Three points missing in a row: silent, asleep, stopped. */
const GAP_MS = 4 * (HISTORY_MS / HISTORY_POINTS);

/** Oldest first in, runs without a gap and without a missing score out. */
function runsOf(points: readonly FleetPoint[]): readonly (readonly FleetPoint[])[] {
  const runs: FleetPoint[][] = [];
  let lastMs = -Infinity;
  for (const point of points) {
    if (point.trust === null) continue;
    if (point.atMs - lastMs > GAP_MS) runs.push([]);
    runs.at(-1)?.push(point);
    lastMs = point.atMs;
  }
  return runs;
}

export const trustRows = (points: readonly FleetPoint[]): readonly SeriesRow[] =>
  runsOf(points).flatMap((run) => [
    { atMs: run[0]?.atMs ?? 0, values: [null] },
    ...run.map(({ atMs, trust }) => ({ atMs, values: [trust] })),
  ]);

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;

/** There and back around each run. */
export function bandPath(points: readonly FleetPoint[], { xOf, yOf }: PlotFrame): string {
  const place = (atMs: number, value: number): string => `${tenth(xOf(atMs))} ${tenth(yOf(value))}`;
  return runsOf(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const upper = run.map(({ atMs, high, trust }) => place(atMs, high ?? trust ?? 0));
      const lower = run.map(({ atMs, low, trust }) => place(atMs, low ?? trust ?? 0));
      return `M${[...upper, ...lower.toReversed()].join('L')}Z`;
    })
    .join('');
}

/** The chart in words; null while there is nothing to draw. */
export function lineSummary(points: readonly FleetPoint[], timeText: (atMs: number) => string): string | null {
  const scored = points.filter(({ trust }) => trust !== null);
  const last = scored.at(-1);
  if (last === undefined) return null;
  const lowest = scored.reduce((least, point) => ((point.trust ?? 0) < (least.trust ?? 0) ? point : least), last);
  return `Last ${Math.floor(last.trust ?? 0)}, lowest ${Math.floor(lowest.trust ?? 0)} at ${timeText(lowest.atMs)}.`;
}
