// Values of one metric enter as they come, their means over ten minutes leave, two weeks of them: a disk fills over days.
import type { SeriesWindow } from './series-block.ts';

export interface CoarseSeries {
  readonly push: (atMs: number, value: number) => void;
  /** Complete means from `fromMs` on, oldest first, each at the middle of its time. */
  readonly window: (fromMs: number) => SeriesWindow;
}

/** Length of a mean. */
export const COARSE_MS = 600_000;
const POINTS = 2016;

export function createCoarseSeries(): CoarseSeries {
  let times: number[] = [];
  let values: number[] = [];
  let open = { fromMs: NaN, sum: 0, count: 0 };
  return {
    push: (atMs, value) => {
      if (!Number.isFinite(value)) return;
      if (!(atMs - open.fromMs < COARSE_MS)) {
        if (open.count > 0) {
          times.push(open.fromMs + COARSE_MS / 2);
          values.push(open.sum / open.count);
        }
        // Cut in large pieces, so that it is rarely done.
        if (times.length > 2 * POINTS) [times, values] = [times.slice(-POINTS), values.slice(-POINTS)];
        open = { fromMs: atMs, sum: 0, count: 0 };
      }
      open.sum += value;
      open.count += 1;
    },
    window: (fromMs) => {
      const first = Math.max(
        times.findIndex((atMs) => atMs >= fromMs),
        times.length - POINTS,
        0,
      );
      if ((times.at(-1) ?? -Infinity) < fromMs) return { times: new Float64Array(), values: new Float64Array() };
      return { times: Float64Array.from(times.slice(first)), values: Float64Array.from(values.slice(first)) };
    },
  };
}
