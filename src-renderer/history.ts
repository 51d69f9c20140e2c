// The line of trust over a stretch of time. In: trust points of the agent. Out: a short, ordered list and what the chart draws of it.
import type { State, TrustPoint } from '../src-preload/contract.ts';

export const WINDOW_MS = 30 * 60_000;
/** More points than that are not seen on a screen and cost time at every redraw. */
const POINTS_MAX = 300;
/** One point a bucket. Buckets lie on absolute time, so a point that was kept stays where it is when later ones arrive. */
export const bucketMs = (windowMs: number): number => windowMs / POINTS_MAX;
/** The agent keeps a point every 5 s; six missing in a row are a gap (asleep, stopped), not a straight line. */
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
function thin(points: readonly TrustPoint[], windowMs: number): readonly TrustPoint[] {
  const bucket = bucketMs(windowMs);
  const kept: TrustPoint[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const replaces =
      last !== undefined &&
      Math.floor(last.atMs / bucket) === Math.floor(point.atMs / bucket) &&
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
  return thin([...before, point], WINDOW_MS);
}

/** Puts a fetched history under the points that were pushed since. `fetched` may come in any order. */
export function mergeHistory(
  fetched: readonly TrustPoint[],
  pushed: readonly TrustPoint[],
  windowMs = WINDOW_MS,
): readonly TrustPoint[] {
  const ordered = fetched.toSorted((a, b) => a.atMs - b.atMs);
  const lastMs = ordered.at(-1)?.atMs ?? -Infinity;
  const all = [...ordered, ...pushed.filter((point) => point.atMs > lastMs)];
  const fromMs = (all.at(-1)?.atMs ?? 0) - windowMs;
  return thin(
    all.filter((point) => point.atMs > fromMs),
    windowMs,
  );
}

/**
 * What counts as a gap among points that were thinned: twice the distance that nine in ten of them keep. That distance is the
 * bucket of a full history, and less of one with long breaks, for thinning spreads the points over the time that was lived.
 */
export function gapMs(points: readonly TrustPoint[], windowMs: number): number {
  const apart = points.slice(1).map((point, index) => point.atMs - (points[index]?.atMs ?? 0));
  const usual = apart.toSorted((a, b) => a - b)[Math.floor(apart.length * 0.9)] ?? 0;
  return Math.max(GAP_MS, 2 * Math.min(usual, 1.25 * bucketMs(windowMs)));
}

/** What the chart draws: a row a point, and an empty row where a gap begins. */
export function chartRows(points: readonly TrustPoint[], gap = GAP_MS): readonly ChartRow[] {
  return points.flatMap((point, index) => {
    const { atMs, trust, low, high, state } = point;
    const joins = (other: TrustPoint | undefined): boolean =>
      other !== undefined && other.trust !== null && Math.abs(other.atMs - atMs) <= gap;
    const next = points[index + 1];
    const alone = trust !== null && !joins(points[index - 1]) && !joins(next);
    const band = low === null || high === null ? null : ([low, high] as const);
    const row: ChartRow = { atMs, trust, band, state, alone };
    const empty: ChartRow = { atMs: atMs + 1, trust: null, band: null, state, alone: false };
    return next !== undefined && next.atMs - atMs > gap ? [row, empty] : [row];
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
