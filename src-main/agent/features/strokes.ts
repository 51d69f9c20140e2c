// Cuts mouse movement into strokes. In: mouse events in time order. Out: strokes as positions at an even 60 Hz.
import type { MouseEvent } from '../events.ts';
import { at, length } from './distribution.ts';
import { roomFor } from './room.ts';

/** All derivatives are taken at this rate, so that the polling rate of a mouse (60 to 8000 Hz) is not its owner's identity. */
export const FRAMES_PER_S = 60;
/** A stroke ends where the pointer rests this long. */
export const STROKE_GAP_MS = 150;

// Limits of the SapiMouse study in use here: shorter pieces give derivatives of rounding, not of movement.
const MIN_POINTS = 4;
const MIN_DURATION_MS = 60;
const MIN_FRAMES = 5;
const MIN_PATH_PX = 15;
/** Points closer than this are one: the last of them counts. */
const SAME_TIME_MS = 0.5;
/** No hand moves so: the pointer was put elsewhere by a program or by another input device. */
const TELEPORT_PX = 300;
const TELEPORT_PX_PER_MS = 30;

export interface Stroke {
  readonly durationMs: number;
  /** Smoothed positions, one a frame, px. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** What smoothing took away from each frame's position, px. */
  readonly jitterPx: Float64Array;
  readonly pathPx: number;
}

interface Points {
  readonly timeMs: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  count: number;
}

const [roomTimes, roomX, roomY] = [roomFor(), roomFor(), roomFor()];
const [roomRawX, roomRawY] = [roomFor(), roomFor()];
const FRAME_MS = 1000 / FRAMES_PER_S;

/**
 * A press, a release, a rest of {@link STROKE_GAP_MS}, a jump and a clock that goes backwards each end a stroke.
 * @param from, to the first of the events, and the one after the last
 */
export function mouseStrokes(events: readonly MouseEvent[], from = 0, to = events.length): Stroke[] {
  const strokes: Stroke[] = [];
  const rows = to - from;
  const points: Points = { timeMs: roomTimes(rows), x: roomX(rows), y: roomY(rows), count: 0 };
  const startUs = events[from]?.ts ?? 0;
  for (let i = from; i < to; i += 1) {
    const event = events[i];
    if (event === undefined || event.event === 'scroll') continue;
    const timeMs = (event.ts - startUs) / 1000;
    if (event.event !== 'move' || breaksStroke(points, timeMs, event.x, event.y)) finishStroke(points, strokes);
    if (event.event === 'move') addPoint(points, timeMs, event.x, event.y);
  }
  finishStroke(points, strokes);
  return strokes;
}

function breaksStroke({ timeMs, x, y, count }: Points, nowMs: number, toX: number, toY: number): boolean {
  if (count === 0) return false;
  const gapMs = nowMs - at(timeMs, count - 1);
  if (gapMs < 0 || gapMs >= STROKE_GAP_MS) return true;
  const jumpPx = length(toX - at(x, count - 1), toY - at(y, count - 1));
  return jumpPx > TELEPORT_PX && jumpPx > TELEPORT_PX_PER_MS * gapMs;
}

function addPoint(points: Points, nowMs: number, x: number, y: number): void {
  const { count } = points;
  const same = count > 0 && nowMs - at(points.timeMs, count - 1) <= SAME_TIME_MS;
  const row = same ? count - 1 : count;
  points.timeMs[row] = nowMs;
  points.x[row] = x;
  points.y[row] = y;
  points.count = row + 1;
}

function finishStroke(points: Points, strokes: Stroke[]): void {
  const { timeMs, count } = points;
  points.count = 0;
  if (count < MIN_POINTS) return;
  const durationMs = at(timeMs, count - 1) - at(timeMs, 0);
  if (durationMs < MIN_DURATION_MS) return;
  const frames = Math.floor(durationMs / FRAME_MS + 1e-9) + 1;
  if (frames < MIN_FRAMES) return;
  const rawX = resample(timeMs, points.x, count, roomRawX(frames));
  const rawY = resample(timeMs, points.y, count, roomRawY(frames));
  // One array for all three.
  const all = new Float64Array(3 * frames);
  const x = smooth(rawX, all.subarray(0, frames));
  const y = smooth(rawY, all.subarray(frames, 2 * frames));
  const pathPx = lengthOf(x, y);
  if (pathPx < MIN_PATH_PX) return;
  strokes.push({ durationMs, x, y, jitterPx: distances(rawX, rawY, x, y, all.subarray(2 * frames)), pathPx });
}

/** Linear interpolation from the first point on, one value every 1/60 s. @returns `frames`, filled */
function resample(timeMs: Float64Array, values: Float64Array, count: number, frames: Float64Array): Float64Array {
  const startMs = at(timeMs, 0);
  let right = 1;
  for (let i = 0; i < frames.length; i += 1) {
    const wantedMs = startMs + i * FRAME_MS;
    while (right < count - 1 && at(timeMs, right) < wantedMs) right += 1;
    const leftMs = at(timeMs, right - 1);
    const share = Math.min((wantedMs - leftMs) / (at(timeMs, right) - leftMs), 1);
    frames[i] = at(values, right - 1) + share * (at(values, right) - at(values, right - 1));
  }
  return frames;
}

/** Weights 1/4, 1/2, 1/4; the ends are repeated. @param smoothed another array of the same length, which is returned */
export function smooth(values: Float64Array, smoothed: Float64Array = new Float64Array(values.length)): Float64Array {
  let before = at(values, 0);
  let here = before;
  for (let i = 0; i < values.length; i += 1) {
    const after = i + 1 < values.length ? at(values, i + 1) : here;
    smoothed[i] = (before + 2 * here + after) / 4;
    before = here;
    here = after;
  }
  return smoothed;
}

/** Of all steps from frame to frame. */
function lengthOf(x: Float64Array, y: Float64Array): number {
  let all = 0;
  for (let i = 1; i < x.length; i += 1) all += length(at(x, i) - at(x, i - 1), at(y, i) - at(y, i - 1));
  return all;
}

function distances(
  x: Float64Array,
  y: Float64Array,
  fromX: Float64Array,
  fromY: Float64Array,
  lengths: Float64Array,
): Float64Array {
  for (let i = 0; i < lengths.length; i += 1) {
    lengths[i] = length(at(x, i) - at(fromX, i), at(y, i) - at(fromY, i));
  }
  return lengths;
}
