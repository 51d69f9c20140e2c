// Strokes in, the last 150 of them out as columns: when, how long after the one before, how long held. No keys.
import { at, sum } from '../features/distribution.ts';
import type { TypedPress, TypedRelease } from './typed-strokes.ts';

export interface RecentStrokes {
  readonly press: (press: TypedPress) => void;
  /** Completes the row of its press, if that is still kept. */
  readonly release: (release: TypedRelease) => void;
  readonly count: () => number;
  /** The last `strokes` of each, oldest first; at most {@link KEPT_STROKES}. */
  readonly intervalsMs: (strokes: number) => Float64Array;
  /** Of those whose release was seen. */
  readonly holdsMs: (strokes: number) => Float64Array;
  /** How many were still down when the next key went down. */
  readonly overlapping: (strokes: number) => number;
  readonly timeUs: (strokesAgo: number) => number;
  readonly clear: () => void;
}

export const KEPT_STROKES = 150;
/** Strokes that can be down at once or are released late. */
const MAX_OVERLAP = 20;

export function createRecentStrokes(): RecentStrokes {
  const column = (): Float64Array => new Float64Array(KEPT_STROKES);
  const columns = { stroke: column(), pressUs: column(), intervalMs: column(), holdMs: column(), rollover: column() };
  let count = 0;

  const last = (values: Float64Array, strokes: number): Float64Array => {
    const from = (count - strokes) % KEPT_STROKES;
    const toEnd = Math.min(strokes, KEPT_STROKES - from);
    const out = new Float64Array(strokes);
    out.set(values.subarray(from, from + toEnd));
    out.set(values.subarray(0, strokes - toEnd), toEnd);
    return out;
  };
  const rowOf = (stroke: number): number => {
    for (let i = count - 1; i >= Math.max(0, count - MAX_OVERLAP); i -= 1) {
      if (at(columns.stroke, i % KEPT_STROKES) === stroke) return i % KEPT_STROKES;
    }
    return -1;
  };

  return {
    press: ({ stroke, atUs, intervalMs }) => {
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
      columns.holdMs[row] = holdMs;
      columns.rollover[row] = rollover ? 1 : 0;
    },
    count: () => count,
    intervalsMs: (strokes) => last(columns.intervalMs, strokes),
    holdsMs: (strokes) => {
      const holds = last(columns.holdMs, strokes);
      let known = 0;
      for (let i = 0; i < strokes; i += 1) {
        const ms = at(holds, i);
        if (Number.isNaN(ms)) continue;
        holds[known] = ms;
        known += 1;
      }
      return holds.subarray(0, known);
    },
    overlapping: (strokes) => sum(last(columns.rollover, strokes)),
    timeUs: (strokesAgo) => at(columns.pressUs, (count - 1 - strokesAgo) % KEPT_STROKES),
    clear: () => {
      count = 0;
    },
  };
}
