// The last minutes of a metric enter, where it is going leaves.
import type { Trend } from '../../../src-preload/contract.ts';
import { fitLine } from './robust-line.ts';
import type { SeriesWindow } from './series-block.ts';

/** A line through less than half of the window says little of it. */
const LEAST_SHARE = 0.5;
/** A change of less than this share of the metric's size is not worth a word. */
const WORTH = 0.02;

export type Direction = Trend['direction'];
export type PlainTrend = Omit<Trend, 'key' | 'atMs' | 'forecast'>;

/** @param minimum change over the window, in the unit of the metric, below which it is steady. null while too little is known. */
export function trendOf({ times, values }: SeriesWindow, windowSeconds: number, minimum: number): PlainTrend | null {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || last - first < LEAST_SHARE * windowSeconds * 1000) return null;
  const line = fitLine(
    times.map((atMs) => (atMs - last) / 1000),
    values,
  );
  if (line === null) return null;
  const { slope, slopeLow, slopeHigh } = line;
  const current = line.at(0);
  const change = Math.abs(slope) * windowSeconds;
  const size = Math.max(Math.abs(current), Math.abs(line.at(-windowSeconds)), minimum);
  const magnitude = size === 0 ? 0 : change / size;
  const moves = magnitude >= WORTH && change >= minimum;
  const direction: Direction = moves && slopeLow > 0 ? 'rising' : moves && slopeHigh < 0 ? 'falling' : 'steady';
  return { current, slopePerSecond: slope, slopeLow, slopeHigh, direction, magnitude, windowSeconds };
}
