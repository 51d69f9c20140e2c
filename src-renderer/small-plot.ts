// The geometry of a small chart. In: its width, the two axes, rows. Out: where its plot lies, paths of lines, and back from a place to a moment.
import type { SeriesRow } from './host-series.ts';

export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xOf: (atMs: number) => number;
  readonly yOf: (value: number) => number;
  readonly msOf: (x: number) => number;
}

export const PLOT_HEIGHT = 116;
/** Room for the axes, and above the plot for marks. */
const INSETS = { left: 64, right: 4, top: 18, bottom: 20 } as const;

/** @param width of the whole drawing, pixels, as is `height`. @param highest where the axis from zero ends. */
export function plotFrame(
  width: number,
  fromMs: number,
  toMs: number,
  highest: number,
  height: number = PLOT_HEIGHT,
): PlotFrame {
  const [left, right] = [INSETS.left, Math.max(INSETS.left + 1, width - INSETS.right)];
  const [top, bottom] = [INSETS.top, height - INSETS.bottom];
  return {
    ...{ left, right, top, bottom },
    xOf: (atMs) => left + ((atMs - fromMs) / (toMs - fromMs)) * (right - left),
    yOf: (value) => bottom - (Math.min(Math.max(value, 0), highest) / highest) * (bottom - top),
    msOf: (x) => fromMs + ((x - left) / (right - left)) * (toMs - fromMs),
  };
}

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;

/** Each run of values is a line; one alone is a line of no length, which round ends make a dot. Empty where there is nothing. */
export function linePath(rows: readonly SeriesRow[], line: number, { xOf, yOf }: PlotFrame): string {
  let path = '';
  let drawing = false;
  for (const { atMs, values } of rows) {
    const value = values[line] ?? null;
    if (value !== null) {
      const place = `${tenth(xOf(atMs))} ${tenth(yOf(value))}`;
      path += drawing ? `L${place}` : `M${place}h0`;
    }
    drawing = value !== null;
  }
  return path;
}
