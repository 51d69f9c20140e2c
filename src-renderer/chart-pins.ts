// What is pinned to the time axis of a chart. In: state changes or a timeline. Out: pins, and which of them have room for a mark.
import { clockTimeSeconds } from './format.ts';
import type { StateChange } from './history.ts';
import type { Timeline, TimelineEntry } from './timeline.ts';
import { entrySign, STATE_SIGNS } from './words.ts';
import type { Shape, Tone } from './words.ts';

export interface Pin {
  readonly atMs: number;
  readonly shape: Shape;
  readonly tone: Tone;
  readonly title: string;
  /** A change of state and a grave alert have a line through the chart; everything else a mark alone. */
  readonly line: boolean;
  /** In which row above the plot its mark stands. */
  readonly lane: Lane;
}

/** From the plot upwards: what happened to trust, in the log, to the machine. Marks of different rows cover none of each other. */
export const LANES = ['trust', 'log', 'host'] as const;
export type Lane = (typeof LANES)[number];

const LANE_OF = { decision: 'trust', audit: 'trust', log: 'log', host: 'host' } satisfies Record<
  TimelineEntry['kind'],
  Lane
>;

export interface PlacedPin extends Pin {
  /** Where marks would cover each other, the weightier one is drawn, of equals the later; its neighbours keep their lines. */
  readonly marked: boolean;
}

export const changePins = (changes: readonly StateChange[]): readonly Pin[] =>
  changes.map(({ atMs, to }) => {
    const { word, shape, tone } = STATE_SIGNS[to];
    return { atMs, shape, tone, title: `${clockTimeSeconds(atMs)}: ${word}`, line: true, lane: 'trust' };
  });

export const timelinePins = (timeline: Timeline, timeText: (atMs: number) => string): readonly Pin[] =>
  timeline.map((entry) => {
    const { word, shape, tone } = entrySign(entry);
    return {
      atMs: entry.atMs,
      shape,
      tone,
      title: `${timeText(entry.atMs)}: ${word}`,
      line: entry.kind === 'decision' || (entry.kind === 'log' && tone === 'alarm'),
      lane: LANE_OF[entry.kind],
    };
  });

const WEIGHTS = { alarm: 4, watch: 3, good: 2, accent: 1, quiet: 0 } satisfies Record<Tone, number>;
const weightOf = (pin: Pin): number => WEIGHTS[pin.tone] + (pin.line ? 5 : 0);

/** So many lines stand side by side in the width of a mark; closer ones would be a grey area. */
const LINES_A_MARK = 6;

/**
 * @param apartMs marks closer than that would cover each other
 * @returns what is seen of them, the weightier later, which is drawn over the others: of lines that would fall on the same place
 * the weightiest, so that a month of thousands is drawn as fast as a quiet one
 */
export function placedPins(pins: readonly Pin[], apartMs: number): readonly PlacedPin[] {
  const placed: PlacedPin[] = [];
  const markedMs = { trust: [], log: [], host: [] } as Record<Lane, number[]>;
  const lined = new Set<number>();
  for (const pin of pins.toSorted((a, b) => weightOf(b) - weightOf(a) || b.atMs - a.atMs)) {
    const marked = !markedMs[pin.lane].some((atMs) => Math.abs(atMs - pin.atMs) < apartMs);
    const place = Math.floor((pin.atMs * LINES_A_MARK) / apartMs);
    const seen = marked || (pin.line && !lined.has(place));
    if (!seen) continue;
    if (marked) markedMs[pin.lane].push(pin.atMs);
    if (pin.line) lined.add(place);
    placed.push({ ...pin, marked });
  }
  return placed.toReversed();
}

/**
 * The moment that a click means: that of the nearest mark within reach, else of the nearest point of the line, for between
 * two points of a thinned line nothing may be known; else the one that was hit.
 */
export function meantMs(
  hitMs: number,
  pins: readonly PlacedPin[],
  points: readonly { readonly atMs: number }[],
  reachMs: number,
): number {
  const nearest = (all: readonly { readonly atMs: number }[]): number | undefined => {
    const near = all.filter(({ atMs }) => Math.abs(atMs - hitMs) <= reachMs);
    return near.toSorted((a, b) => Math.abs(a.atMs - hitMs) - Math.abs(b.atMs - hitMs))[0]?.atMs;
  };
  return nearest(pins.filter(({ marked }) => marked)) ?? nearest(points) ?? Math.round(hitMs);
}
