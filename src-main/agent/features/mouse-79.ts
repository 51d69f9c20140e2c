// The mouse vector of the within/between-covariance scorer. In: the mouse events of a window, in time order. Out: 79 numbers in the
// order of MOUSE_79_FEATURES, NaN for what the window can't give.
import type { MouseEvent } from '../events.ts';
import { at, mean, median, quantiles } from './distribution.ts';
import { motionStatistics, MOTION_FEATURES } from './motion-statistics.ts';
import { mouseUse, type MouseUse, type Movement } from './mouse-movements.ts';
import { STROKE_FEATURES, strokeFeatures, type NamedFeature } from './stroke-features.ts';
import { FRAMES_PER_S, STROKE_GAP_MS } from './strokes.ts';

export interface Mouse79 {
  /** 79 values; null below three strokes, when nothing is said about anybody. */
  readonly vector: Float64Array | null;
  readonly strokes: number;
}

/** These vary within one person as tellingly as their mean does. */
const SPREAD = new Set(['pause', 'settle', 'hold']);
const MIN_STROKES = 3;
const IDLE_CAP_S = 1;
const GAP_S = STROKE_GAP_MS / 1000;
const LONG_REST_S = 0.4;
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

/** @param use of the same events, where it is known already */
export function mouse79(events: readonly MouseEvent[], use = mouseUse(events)): Mouse79 {
  const strokes = use.movements.length;
  if (strokes < MIN_STROKES) return { vector: null, strokes };
  const vector = [
    ...strokeMeans(use),
    ...motionStatistics(use.movements.map(({ shape }) => shape.frames)),
    ...useValues(events, use),
  ];
  return { vector: Float64Array.from(vector), strokes };
}

function strokeMeans({ movements }: MouseUse): number[] {
  const rows = movements.map((movement) => strokeFeatures(movement.shape.values, movement));
  const column = new Float64Array(rows.length);
  return STROKE_FEATURES.flatMap(({ name }, k) => {
    let count = 0;
    for (const row of rows) if (!Number.isNaN(at(row, k))) column[count++] = at(row, k);
    const known = column.subarray(0, count);
    const [centre, sd] = momentsOf(known);
    if (!SPREAD.has(name)) return [centre];
    return count < 2 ? [centre, sd, Number.NaN, Number.NaN] : [centre, sd, ...quantiles(known, [25, 75])];
  });
}

/** @returns 12 values in the order of USE_FEATURES */
function useValues(events: readonly MouseEvent[], { movements, presses }: MouseUse): number[] {
  const { activeS, rests, restS, longRests } = restsOf(events);
  const clicks = Float64Array.from(presses, ({ holdS }) => holdS)
    .filter((hold) => hold < MAX_CLICK_S)
    .map((hold) => Math.log(hold + 0.005));
  const intervals = Float64Array.from(presses.slice(1), ({ ts }, i) => (ts - (presses[i]?.ts ?? 0)) / 1e6).filter(
    (interval) => interval < MAX_INTERVAL_S,
  );
  const framesIn = (some: readonly Movement[]): number => some.reduce((sum, { shape }) => sum + shape.motion.frames, 0);
  const frames = framesIn(movements);
  const dragged = framesIn(movements.filter(({ drag }) => drag));
  return [
    ...momentsOf(clicks),
    median(clicks),
    presses.length / activeS,
    movements.length / activeS,
    frames / FRAMES_PER_S / activeS,
    dragged / frames,
    Math.log(restS / activeS + 0.02),
    longRests / activeS,
    rests.length > 0 ? Math.log(median(rests) + 0.01) : Number.NaN,
    movements.filter(({ settleS }) => !Number.isNaN(settleS)).length / movements.length,
    intervals.length > 1 ? Math.log(median(intervals) + 0.02) : Number.NaN,
  ];
}

/** Times between two events that are longer than those of a movement, up to a second each, and what they add up to. */
function restsOf(events: readonly MouseEvent[]) {
  let [activeS, restS, longRests] = [0, 0, 0];
  const rests: number[] = [];
  let lastUs = events[0]?.ts ?? 0;
  for (const { ts } of events) {
    const gapS = Math.min((ts - lastUs) / 1e6, IDLE_CAP_S);
    lastUs = ts;
    activeS += gapS;
    if (gapS <= GAP_S) continue;
    rests.push(gapS);
    restS += gapS;
    if (gapS > LONG_REST_S) longRests += 1;
  }
  return { activeS, restS, longRests, rests: Float64Array.from(rests) };
}

/** Mean and standard deviation (n); NaN below two values. */
function momentsOf(values: Float64Array): readonly [number, number] {
  if (values.length < 2) return [Number.NaN, Number.NaN];
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += (at(values, i) - centre) ** 2;
  return [centre, Math.sqrt(squares / values.length)];
}
