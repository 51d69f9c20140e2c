// The frames of one movement in; out, what the statistics of a window need of them. A movement is in the windows of many seconds: its
// logarithms are taken once, and what is a mean or a correlation is kept in a form that can be put together.
import { addMoments, momentsOf, noMoments, type CoMoments } from './co-moments.ts';
import { at } from './distribution.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';

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

export function framesOf(motion: Motion): MotionFrames {
  const { speed, acceleration, jerk } = motion;
  const logSpeed = speed.map((v) => Math.log(v + 20));
  return {
    columns: {
      speed: speed.map((v) => Math.log(Math.max(v, SLOWEST))),
      acceleration: acceleration.map((a) => Math.log(Math.abs(a) + 30)),
      jerk: jerk.map((j) => Math.log(Math.abs(j) + 500)),
      ...columnsInMotion(motion),
    },
    ...inMotion(motion),
    memory: LAGS.map((lag) =>
      logSpeed.length > lag + 2 ? momentsOf(logSpeed.subarray(lag), logSpeed.subarray(0, -lag)) : noMoments(),
    ),
  };
}

/** Only where the pointer moves has it a direction. */
const rowsInMotion = ({ speed }: Motion): readonly number[] =>
  Array.from(speed.keys()).filter((i) => at(speed, i) > MOVING_PX_PER_S);

function columnsInMotion(motion: Motion): Pick<MotionFrames['columns'], 'turnRate' | 'relative' | 'relativeJerk'> {
  const { speed, acceleration, jerk, turnRate } = motion;
  const rows = rowsInMotion(motion);
  return {
    turnRate: Float64Array.from(rows, (i) => Math.log(Math.abs(at(turnRate, i)) + 0.2)),
    relative: Float64Array.from(rows, (i) => at(acceleration, i) / at(speed, i)),
    relativeJerk: Float64Array.from(rows, (i) => Math.log(Math.abs(at(jerk, i)) / at(speed, i) + 1)),
  };
}

function inMotion(motion: Motion): Pick<MotionFrames, 'powerLaw' | 'relative' | 'sideways' | 'upright'> {
  const { speed, acceleration, turnRate, direction } = motion;
  const rows = rowsInMotion(motion);
  const logSpeed = Float64Array.from(rows, (i) => Math.log(at(speed, i)));
  const logCurvature = Float64Array.from(rows, (i) => Math.log(Math.abs(at(turnRate, i)) / at(speed, i) + 1e-4));
  const [relative, sideways, upright] = [noSum(), noSum(), noSum()];
  for (const [k, i] of rows.entries()) {
    count(relative, Math.abs(at(acceleration, i) / at(speed, i)));
    if (Math.abs(Math.cos(at(direction, i))) > ALONG_AXIS) count(sideways, at(logSpeed, k));
    if (Math.abs(Math.sin(at(direction, i))) > ALONG_AXIS) count(upright, at(logSpeed, k));
  }
  return { powerLaw: momentsOf(logCurvature, logSpeed), relative, sideways, upright };
}

const noSum = (): Sum => ({ n: 0, total: 0 });

function count(sum: Sum, value: number): void {
  sum.n += 1;
  sum.total += value;
}

/** Of several movements together. */
export const sumOf = (sums: readonly Sum[]): Sum => {
  const all = noSum();
  for (const { n, total } of sums) {
    all.n += n;
    all.total += total;
  }
  return all;
};

export function momentsTogether(parts: readonly CoMoments[]): CoMoments {
  const all = noMoments();
  for (const part of parts) addMoments(all, part);
  return all;
}
