// The line of the last 30 minutes. In: trust points of the agent. Out: a short, ordered list and what the chart draws of it.
import type { State, TrustPoint } from '../src-preload/contract.ts';

export const WINDOW_MS = 30 * 60_000;
/** More points than that are not seen on a screen and cost time at every redraw. */
export const POINTS_MAX = 300;
/** One point a bucket. Buckets lie on absolute time, so a point that was kept stays where it is when later ones arrive. */
const BUCKET_MS = WINDOW_MS / POINTS_MAX;
/** The agent makes a point every 5 s; six missing in a row are a gap (asleep, stopped), not a straight line. */
export const GAP_MS = 30_000;

export interface ChartRow {
  readonly atMs: number;
  readonly trust: number | null;
  readonly band: readonly [low: number, high: number] | null;
  readonly state: State;
  /** No neighbour to draw a line to: the chart sets a dot. */
  readonly alone: boolean;
}

export interface StateChange {
  readonly atMs: number;
  readonly from: State;
  readonly to: State;
}

/** Keeps the latest point of a bucket, and both when the state changed or the score came or went in between. */
function thin(points: readonly TrustPoint[]): readonly TrustPoint[] {
  const kept: TrustPoint[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const replaces =
      last !== undefined &&
      Math.floor(last.atMs / BUCKET_MS) === Math.floor(point.atMs / BUCKET_MS) &&
      last.state === point.state &&
      (last.trust === null) === (point.trust === null);
    if (replaces) kept.pop();
    kept.push(point);
  }
  return kept.slice(-POINTS_MAX);
}

/** Adds a fresh point. Points later than it go: the clock was set back, and the fresh point is the one to believe. */
export function appendPoint(history: readonly TrustPoint[], point: TrustPoint): readonly TrustPoint[] {
  const before = history.filter((old) => old.atMs < point.atMs && old.atMs > point.atMs - WINDOW_MS);
  return thin([...before, point]);
}

/** Puts a fetched history under the points that were pushed since. `fetched` may come in any order. */
export function mergeHistory(fetched: readonly TrustPoint[], pushed: readonly TrustPoint[]): readonly TrustPoint[] {
  const ordered = fetched.toSorted((a, b) => a.atMs - b.atMs);
  const lastMs = ordered.at(-1)?.atMs ?? -Infinity;
  const all = [...ordered, ...pushed.filter((point) => point.atMs > lastMs)];
  const fromMs = (all.at(-1)?.atMs ?? 0) - WINDOW_MS;
  return thin(all.filter((point) => point.atMs > fromMs));
}

/** What the chart draws: a row a point, and an empty row where a gap begins. */
export function chartRows(points: readonly TrustPoint[]): readonly ChartRow[] {
  return points.flatMap((point, index) => {
    const { atMs, trust, low, high, state } = point;
    const joins = (other: TrustPoint | undefined): boolean =>
      other !== undefined && other.trust !== null && Math.abs(other.atMs - atMs) <= GAP_MS;
    const next = points[index + 1];
    const alone = trust !== null && !joins(points[index - 1]) && !joins(next);
    const band = low === null || high === null ? null : ([low, high] as const);
    const row: ChartRow = { atMs, trust, band, state, alone };
    const gap: ChartRow = { atMs: atMs + 1, trust: null, band: null, state, alone: false };
    return next !== undefined && next.atMs - atMs > GAP_MS ? [row, gap] : [row];
  });
}

export function stateChanges(points: readonly TrustPoint[]): readonly StateChange[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before === undefined || before.state === point.state
      ? []
      : [{ atMs: point.atMs, from: before.state, to: point.state }];
  });
}

/** The time axis: 30 minutes up to `endMs`, with a tick at every full five minutes of the clock. */
export function timeAxis(endMs: number): {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
} {
  const stepMs = 5 * 60_000;
  const startMs = endMs - WINDOW_MS;
  const firstMs = Math.ceil(startMs / stepMs) * stepMs;
  const count = Math.floor((endMs - firstMs) / stepMs) + 1;
  return { domain: [startMs, endMs], ticks: Array.from({ length: count }, (_, index) => firstMs + index * stepMs) };
}

/** The right end of the axis, in steps of a bucket, so that the chart is drawn anew every 6 s and not at every push. */
export const axisEndMs = (newestMs: number): number => Math.ceil(newestMs / BUCKET_MS) * BUCKET_MS;
