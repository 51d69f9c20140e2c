// Strokes in, the last 150 of them out: when, how long after the one before, how long held; and of windows of fixed lengths the order
// statistics, kept as strokes come and go. No keys.
import { at } from '../features/distribution.ts';
import { sortedSample, type SortedSample } from './sorted-sample.ts';
import type { TypedPress, TypedRelease } from './typed-strokes.ts';

/** The last so many strokes. */
export interface StrokeWindow {
  readonly strokes: number;
  readonly intervalsMs: Pick<SortedSample, 'count' | 'quantile'>;
  /** Of those whose release was seen. */
  readonly holdsMs: Pick<SortedSample, 'count' | 'quantile'>;
}

export interface RecentStrokes {
  readonly press: (press: TypedPress) => void;
  /** Completes the row of its press, if that is still kept. */
  readonly release: (release: TypedRelease) => void;
  readonly count: () => number;
  /** Of these lengths, in their order; to be asked once there have been as many strokes. */
  readonly windows: readonly StrokeWindow[];
  /** Of the last `strokes`, at most {@link KEPT_STROKES}. */
  readonly totalMs: (strokes: number) => number;
  /** How many were still down when the next key went down. */
  readonly overlapping: (strokes: number) => number;
  readonly timeUs: (strokesAgo: number) => number;
  readonly clear: () => void;
}

export const KEPT_STROKES = 150;
/** Strokes that can be down at once or are released late: shorter than any window, so that what comes up is in all of them. */
const MAX_OVERLAP = 20;

/** @param lengths of windows, in strokes. @throws RangeError below {@link MAX_OVERLAP} or above {@link KEPT_STROKES}. */
export function createRecentStrokes(lengths: readonly number[]): RecentStrokes {
  const wrong = lengths.find((strokes) => !(strokes >= MAX_OVERLAP && strokes <= KEPT_STROKES));
  if (wrong !== undefined) throw new RangeError(`a window has ${MAX_OVERLAP} to ${KEPT_STROKES} strokes, not ${wrong}`);
  const column = (): Float64Array => new Float64Array(KEPT_STROKES);
  const columns = { stroke: column(), pressUs: column(), intervalMs: column(), holdMs: column(), rollover: column() };
  const windows = lengths.map((strokes) => ({
    ...{ strokes, intervalsMs: sortedSample(strokes), holdsMs: sortedSample(strokes) },
  }));
  let count = 0;

  const rowOf = (stroke: number): number => {
    for (let i = count - 1; i >= Math.max(0, count - MAX_OVERLAP); i -= 1) {
      if (at(columns.stroke, i % KEPT_STROKES) === stroke) return i % KEPT_STROKES;
    }
    return -1;
  };
  /** Oldest first, as sums over arrays are taken: another order would round otherwise. */
  const sumOf = (values: Float64Array, strokes: number): number => {
    let total = 0;
    for (let i = count - strokes; i < count; i += 1) total += at(values, i % KEPT_STROKES);
    return total;
  };

  return {
    press: ({ stroke, atUs, intervalMs }) => {
      for (const { strokes, intervalsMs, holdsMs } of windows) {
        if (count < strokes) {
          intervalsMs.add(intervalMs);
          continue;
        }
        const leaving = (count - strokes) % KEPT_STROKES;
        intervalsMs.replace(at(columns.intervalMs, leaving), intervalMs);
        const heldMs = at(columns.holdMs, leaving);
        if (!Number.isNaN(heldMs)) holdsMs.remove(heldMs);
      }
      const row = count % KEPT_STROKES;
      columns.stroke[row] = stroke;
      columns.pressUs[row] = atUs;
      columns.intervalMs[row] = intervalMs;
      columns.holdMs[row] = Number.NaN;
      columns.rollover[row] = 0;
      count += 1;
    },
    release: ({ stroke, holdMs, rollover }) => {
      const row = rowOf(stroke);
      if (row < 0) return;
      const before = at(columns.holdMs, row);
      for (const { holdsMs } of windows) {
        if (Number.isNaN(before)) holdsMs.add(holdMs);
        else holdsMs.replace(before, holdMs);
      }
      columns.holdMs[row] = holdMs;
      columns.rollover[row] = rollover ? 1 : 0;
    },
    count: () => count,
    windows,
    totalMs: (strokes) => sumOf(columns.intervalMs, strokes),
    overlapping: (strokes) => sumOf(columns.rollover, strokes),
    timeUs: (strokesAgo) => at(columns.pressUs, (count - 1 - strokesAgo) % KEPT_STROKES),
    clear: () => {
      count = 0;
      for (const { intervalsMs, holdsMs } of windows) {
        intervalsMs.clear();
        holdsMs.clear();
      }
    },
  };
}
