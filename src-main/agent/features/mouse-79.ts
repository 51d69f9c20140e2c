// The mouse vector of the within/between-covariance scorer. In: the mouse events of a window, in time order. Out: 79 numbers in the
// order of MOUSE_79_FEATURES, NaN for what the window can't give.
import type { MouseEvent } from '../events.ts';
import { at, median, quantiles } from './distribution.ts';
import { motionStatistics, MOTION_FEATURES } from './motion-statistics.ts';
import { mouseUse, type MouseUse, type Press } from './mouse-movements.ts';
import { roomFor } from './room.ts';
import { STROKE_FEATURES, strokeFeature, type NamedFeature } from './stroke-features.ts';
import { FRAMES_PER_S } from './strokes.ts';
import type { WindowColumns } from './window-columns.ts';

export interface Mouse79 {
  /** 79 values; null below three strokes, when nothing is said about anybody. */
  readonly vector: Float64Array | null;
  readonly strokes: number;
}

/** These vary within one person as tellingly as their mean does. */
const SPREAD = new Set(['pause', 'settle', 'hold']);
const MIN_STROKES = 3;
const MAX_CLICK_S = 0.35;
const MAX_INTERVAL_S = 2;

const USE_FEATURES: readonly NamedFeature[] = [
  { name: 'click.mean', words: 'length of clicks' },
  { name: 'click.sd', words: 'evenness of clicks' },
  { name: 'click.median', words: 'length of clicks' },
  { name: 'click.rate', words: 'how often a button is used' },
  { name: 'stroke.rate', words: 'how often the mouse is moved' },
  { name: 'moving.share', words: 'share of time in movement' },
  { name: 'drag.share', words: 'how often something is dragged' },
  { name: 'rest.share', words: 'share of time at rest' },
  { name: 'long-rest.rate', words: 'how often the mouse rests' },
  { name: 'rest.median', words: 'length of rests' },
  { name: 'clicked.share', words: 'how many movements end in a click' },
  { name: 'click.interval', words: 'time between clicks' },
];

/** 33 of strokes, 34 of the frames in motion, 12 of clicks and rests. Scale of each: learn/mouse-prior.ts. */
export const MOUSE_79_FEATURES: readonly NamedFeature[] = [
  ...STROKE_FEATURES.flatMap(({ name, words }) =>
    (SPREAD.has(name) ? ['mean', 'sd', 'q25', 'q75'] : ['mean']).map((of) => ({ name: `${name}.${of}`, words })),
  ),
  ...MOTION_FEATURES,
  ...USE_FEATURES,
];

/**
 * @param use of the same events, where it is known already
 * @param columns of the windows before, where they follow each other
 */
export function mouse79(events: readonly MouseEvent[], use = mouseUse(events), columns?: WindowColumns): Mouse79 {
  const strokes = use.movements.length;
  if (strokes < MIN_STROKES) return { vector: null, strokes };
  const frames = use.movements.map(({ shape }) => shape.frames);
  const vector = new Float64Array(MOUSE_79_FEATURES.length);
  strokeMeans(use, vector);
  vector.set(motionStatistics(frames, columns?.(frames)), MEANS);
  vector.set(useValues(use), MEANS + MOTION_FEATURES.length);
  return { vector, strokes };
}

/** How many numbers there are of strokes. */
const MEANS = STROKE_FEATURES.reduce((sum, { name }) => sum + (SPREAD.has(name) ? 4 : 1), 0);
const IS_SPREAD = STROKE_FEATURES.map(({ name }) => SPREAD.has(name));
const [roomKnown, roomClicks, roomIntervals, roomRests] = [roomFor(), roomFor(), roomFor(), roomFor()];

function strokeMeans({ movements }: MouseUse, vector: Float64Array): void {
  const room = roomKnown(movements.length);
  let to = 0;
  for (let k = 0; k < IS_SPREAD.length; k += 1) {
    let count = 0;
    for (const movement of movements) {
      const value = strokeFeature(movement.shape.values, movement, k);
      if (!Number.isNaN(value)) room[count++] = value;
    }
    const centre = meanOf(room, count);
    vector[to++] = centre;
    if (IS_SPREAD[k] !== true) continue;
    const sd = sdOf(room, count, centre);
    const [q25 = Number.NaN, q75 = Number.NaN] = count < 2 ? [] : quantiles(room.subarray(0, count), [25, 75]);
    vector[to++] = sd;
    vector[to++] = q25;
    vector[to++] = q75;
  }
}

/** @returns 12 values in the order of USE_FEATURES */
function useValues({ movements, presses, rests }: MouseUse): number[] {
  const { activeS, restS, longRests } = rests;
  const each = roomRests(rests.each.length);
  each.set(rests.each);
  const [clicks, intervals] = [clicksOf(presses), intervalsOf(presses)];
  let [frames, dragged, clicked] = [0, 0, 0];
  for (const { shape, drag, settleS } of movements) {
    frames += shape.frames.count;
    if (drag) dragged += shape.frames.count;
    if (!Number.isNaN(settleS)) clicked += 1;
  }
  const click = meanOf(clicks, clicks.length);
  return [
    click,
    sdOf(clicks, clicks.length, click),
    median(clicks),
    presses.length / activeS,
    movements.length / activeS,
    frames / FRAMES_PER_S / activeS,
    dragged / frames,
    Math.log(restS / activeS + 0.02),
    longRests / activeS,
    each.length > 0 ? Math.log(median(each) + 0.01) : Number.NaN,
    clicked / movements.length,
    intervals.length > 1 ? Math.log(median(intervals) + 0.02) : Number.NaN,
  ];
}

/** ln of the lengths of clicks. */
function clicksOf(presses: readonly Press[]): Float64Array {
  const room = roomClicks(presses.length);
  let count = 0;
  for (const { holdS } of presses) if (holdS < MAX_CLICK_S) room[count++] = Math.log(holdS + 0.005);
  return room.subarray(0, count);
}

/** Seconds from one press to the next. */
function intervalsOf(presses: readonly Press[]): Float64Array {
  const room = roomIntervals(presses.length);
  let [count, lastUs] = [0, Number.NaN];
  for (const { ts } of presses) {
    const interval = (ts - lastUs) / 1e6;
    if (interval < MAX_INTERVAL_S) room[count++] = interval;
    lastUs = ts;
  }
  return room.subarray(0, count);
}

/** Of the first so many; NaN below two values. */
function meanOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += at(values, i);
  return count < 2 ? Number.NaN : sum / count;
}

/** Standard deviation (n) of the first so many about their mean; NaN below two values. */
function sdOf(values: Float64Array, count: number, centre: number): number {
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += (at(values, i) - centre) ** 2;
  return count < 2 ? Number.NaN : Math.sqrt(squares / count);
}
