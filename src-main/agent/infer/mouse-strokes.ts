// Mouse events in, one at a time; out: long strokes, each judged by its shape as soon as it is over. O(1) memory: sums only.
// A stroke goes from rest, or from a click, to the next: a pointer at rest for 150 ms or a button ends it.
import { length } from '../features/distribution.ts';
import { STROKE_GAP_MS } from '../features/strokes.ts';
import type { MouseEvent } from '../events.ts';

export interface LongStroke {
  readonly firstUs: number;
  readonly lastUs: number;
  /** Of moves; the place where the pointer rested before is not counted. */
  readonly points: number;
  readonly chordPx: number;
  /** Standard deviation across the line that fits best: .29 px for a straight line rounded to whole pixels. */
  readonly asidePx: number;
  /** The smaller of width and height. A move along one axis is straight by hand too: the edge of the screen, a scroll bar. */
  readonly narrowPx: number;
  /** Standard deviation over mean of the steps, or of step over time, whichever is smaller. */
  readonly speedCv: number;
}

export interface MouseStrokes {
  readonly accept: (event: MouseEvent) => LongStroke | null;
  /** Ends the stroke if the pointer rests by now. */
  readonly rest: (nowUs: number) => LongStroke | null;
  readonly reset: () => void;
}

/** Shorter strokes are too few pixels to be judged. */
const MIN_CHORD_PX = 100;
/** A pointer that never rests is judged piece by piece. */
const MAX_POINTS = 64;
const MIN_STEP_MS = 1;

interface Sums {
  readonly fromX: number;
  readonly fromY: number;
  firstUs: number;
  lastUs: number;
  x: number;
  y: number;
  points: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  sx: number;
  sy: number;
  sxx: number;
  syy: number;
  sxy: number;
  steps: Moments;
  speeds: Moments;
  /** The last step may be the rest of a division: it is added when another follows. */
  lastStepPx: number;
  lastStepMs: number;
}

export function createMouseStrokes(): MouseStrokes {
  let stroke: Sums | null = null;
  let at: { readonly x: number; readonly y: number } | null = null;

  const finish = (): LongStroke | null => {
    const done = stroke;
    stroke = null;
    return done === null ? null : judged(done);
  };

  const move = ({ x, y, ts }: MouseEvent): LongStroke | null => {
    const pausedMs = stroke === null ? 0 : (ts - stroke.lastUs) / 1000;
    const over = stroke !== null && (pausedMs >= STROKE_GAP_MS || pausedMs < 0 || stroke.points >= MAX_POINTS);
    const finished = over ? finish() : null;
    stroke ??= startAt(at ?? { x, y }, ts);
    add(stroke, x, y, ts);
    at = { x, y };
    return finished;
  };

  return {
    accept: (event) => {
      if (event.event === 'scroll') return null;
      if (event.event === 'move') return move(event);
      at = { x: event.x, y: event.y };
      return finish();
    },
    rest: (nowUs) => (stroke !== null && nowUs - stroke.lastUs >= STROKE_GAP_MS * 1000 ? finish() : null),
    reset: () => {
      stroke = null;
      at = null;
    },
  };
}

interface Moments {
  n: number;
  sum: number;
  squares: number;
}

const nothing = (): Moments => ({ n: 0, sum: 0, squares: 0 });

function count(moments: Moments, value: number): void {
  moments.n += 1;
  moments.sum += value;
  moments.squares += value * value;
}

/** Infinity where nothing moved. */
function cvOf({ n, sum, squares }: Moments): number {
  if (n < 2 || sum === 0) return Number.POSITIVE_INFINITY;
  const mean = sum / n;
  return Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean;
}

function startAt({ x, y }: { readonly x: number; readonly y: number }, ts: number): Sums {
  const place = { fromX: x, fromY: y, x, y, left: x, right: x, top: y, bottom: y, firstUs: ts, lastUs: ts };
  const sums = { points: 0, sx: 0, sy: 0, sxx: 0, syy: 0, sxy: 0, lastStepPx: Number.NaN, lastStepMs: 0 };
  return { ...place, ...sums, steps: nothing(), speeds: nothing() };
}

function add(stroke: Sums, x: number, y: number, ts: number): void {
  const dx = x - stroke.fromX;
  const dy = y - stroke.fromY;
  const stepPx = length(x - stroke.x, y - stroke.y);
  if (!Number.isNaN(stroke.lastStepPx)) {
    count(stroke.steps, stroke.lastStepPx);
    count(stroke.speeds, stroke.lastStepPx / Math.max(MIN_STEP_MS, stroke.lastStepMs));
  }
  // The first step starts from rest: how long it took is not known.
  if (stroke.points > 0) {
    stroke.lastStepPx = stepPx;
    stroke.lastStepMs = (ts - stroke.lastUs) / 1000;
  }
  stroke.points += 1;
  stroke.sx += dx;
  stroke.sy += dy;
  stroke.sxx += dx * dx;
  stroke.syy += dy * dy;
  stroke.sxy += dx * dy;
  stroke.x = x;
  stroke.y = y;
  stroke.lastUs = ts;
  stroke.left = Math.min(stroke.left, x);
  stroke.right = Math.max(stroke.right, x);
  stroke.top = Math.min(stroke.top, y);
  stroke.bottom = Math.max(stroke.bottom, y);
}

function judged(stroke: Sums): LongStroke | null {
  const { points, firstUs, lastUs, steps, speeds } = stroke;
  const chordPx = length(stroke.x - stroke.fromX, stroke.y - stroke.fromY);
  const [width, height] = [stroke.right - stroke.left, stroke.bottom - stroke.top];
  // A circle comes back to where it began.
  if (Math.max(chordPx, width, height) < MIN_CHORD_PX) return null;
  const narrowPx = Math.min(width, height);
  const speedCv = Math.min(cvOf(steps), cvOf(speeds));
  return { firstUs, lastUs, points, chordPx, asidePx: asideOf(stroke), narrowPx, speedCv };
}

/** Root of the smaller eigenvalue of the covariance of the points: total least squares (K. Pearson 1901). */
function asideOf({ points: n, sx, sy, sxx, syy, sxy }: Sums): number {
  const xx = sxx / n - (sx / n) ** 2;
  const yy = syy / n - (sy / n) ** 2;
  const xy = sxy / n - (sx * sy) / (n * n);
  const smaller = (xx + yy - Math.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / 2;
  return Math.sqrt(Math.max(0, smaller));
}
