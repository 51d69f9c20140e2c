// The frames of one movement in; out, what the statistics of a window need of them. A movement is in the windows of many seconds: its
// logarithms are taken once, and what is a mean or a correlation is kept in a form that can be put together.
import { addMoments, momentsOf, noMoments, type CoMoments } from './co-moments.ts';
import { at } from './distribution.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';
import { roomFor } from './room.ts';

/** The speed is compared with itself so many frames later. */
export const LAGS = [2, 4, 8, 16] as const;
const SLOWEST = 10;
/** |cos| of a direction within about 32° of an axis. */
const ALONG_AXIS = 0.85;

/** Columns whose percentiles are taken: the first three of all frames, the others of those in motion. */
export const COLUMNS = ['speed', 'acceleration', 'jerk', 'turnRate', 'relative', 'relativeJerk'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sum {
  n: number;
  total: number;
}

export interface MotionFrames {
  /** Frames of the movement. */
  readonly count: number;
  /** Each in rising order. */
  readonly columns: Readonly<Record<Column, Float64Array>>;
  /** ln curvature and ln speed, of the frames in motion. */
  readonly powerLaw: CoMoments;
  /** |acceleration| over speed, of the frames in motion. */
  readonly relative: Sum;
  /** ln speed where the pointer goes to the sides, and where it goes up or down. */
  readonly sideways: Sum;
  readonly upright: Sum;
  /** ln(speed + 20) and the same so many frames before, for each of {@link LAGS}. */
  readonly memory: readonly CoMoments[];
}

const [roomMemory, roomSpeed, roomCurvature] = [roomFor(), roomFor(), roomFor()];

export function framesOf(motion: Motion): MotionFrames {
  const columns = columnsOf(motion);
  return { count: motion.frames, columns, ...inMotion(motion, columns.turnRate.length), memory: memoryOf(motion) };
}

function columnsOf({ frames, speed, acceleration, jerk, turnRate }: Motion): MotionFrames['columns'] {
  let moving = 0;
  for (let i = 0; i < frames; i += 1) if (at(speed, i) > MOVING_PX_PER_S) moving += 1;
  const all = new Float64Array(3 * frames + 3 * moving);
  // Only where the pointer moves has it a direction.
  let row = 3 * frames;
  for (let i = 0; i < frames; i += 1) {
    const v = at(speed, i);
    const a = at(acceleration, i);
    const j = at(jerk, i);
    all[i] = Math.log(Math.max(v, SLOWEST));
    all[frames + i] = Math.log(Math.abs(a) + 30);
    all[2 * frames + i] = Math.log(Math.abs(j) + 500);
    if (!(v > MOVING_PX_PER_S)) continue;
    all[row] = Math.log(Math.abs(at(turnRate, i)) + 0.2);
    all[row + moving] = a / v;
    all[row + 2 * moving] = Math.log(Math.abs(j) / v + 1);
    row += 1;
  }
  const sorted = (from: number, count: number): Float64Array => all.subarray(from, from + count).sort();
  return {
    speed: sorted(0, frames),
    acceleration: sorted(frames, frames),
    jerk: sorted(2 * frames, frames),
    turnRate: sorted(3 * frames, moving),
    relative: sorted(3 * frames + moving, moving),
    relativeJerk: sorted(3 * frames + 2 * moving, moving),
  };
}

/** @param moving how many frames are in motion */
function inMotion(
  { frames, speed, acceleration, turnRate, direction }: Motion,
  moving: number,
): Pick<MotionFrames, 'powerLaw' | 'relative' | 'sideways' | 'upright'> {
  const [logSpeed, logCurvature] = [roomSpeed(moving), roomCurvature(moving)];
  const [relative, sideways, upright] = [noSum(), noSum(), noSum()];
  let row = 0;
  for (let i = 0; i < frames; i += 1) {
    const v = at(speed, i);
    if (!(v > MOVING_PX_PER_S)) continue;
    const logV = Math.log(v);
    logSpeed[row] = logV;
    logCurvature[row] = Math.log(Math.abs(at(turnRate, i)) / v + 1e-4);
    row += 1;
    count(relative, Math.abs(at(acceleration, i) / v));
    const aside = Math.abs(Math.cos(at(direction, i)));
    // What goes along one axis does not go along the other: .85² + .85² is more than 1.
    if (aside > ALONG_AXIS) count(sideways, logV);
    else if (Math.abs(Math.sin(at(direction, i))) > ALONG_AXIS) count(upright, logV);
  }
  return { powerLaw: momentsOf(logCurvature, logSpeed), relative, sideways, upright };
}

function memoryOf({ frames, speed }: Motion): readonly CoMoments[] {
  const logs = roomMemory(frames);
  for (let i = 0; i < frames; i += 1) logs[i] = Math.log(at(speed, i) + 20);
  return LAGS.map((lag) => (frames > lag + 2 ? momentsOf(logs.subarray(lag), logs.subarray(0, -lag)) : noMoments()));
}

const noSum = (): Sum => ({ n: 0, total: 0 });

function count(sum: Sum, value: number): void {
  sum.n += 1;
  sum.total += value;
}

/** Of several movements together. */
export function sumOf(movements: readonly MotionFrames[], of: 'relative' | 'sideways' | 'upright'): Sum {
  const all = noSum();
  for (const movement of movements) {
    all.n += movement[of].n;
    all.total += movement[of].total;
  }
  return all;
}

/** @param lag its place in {@link LAGS}; of ln curvature and ln speed where left out */
export function momentsTogether(movements: readonly MotionFrames[], lag?: number): CoMoments {
  const all = noMoments();
  for (const { powerLaw, memory } of movements) {
    const part = lag === undefined ? powerLaw : memory[lag];
    if (part !== undefined) addMoments(all, part);
  }
  return all;
}
