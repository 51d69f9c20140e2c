// What the frames of all movements of a window are like. In: motions. Out: 34 values in the order of MOTION_FEATURES.
import { at, correlation, mean, quantile, slope } from './distribution.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';
import type { NamedFeature } from './stroke-features.ts';

const quantiles = (name: string, words: string, percents: readonly number[]): NamedFeature[] =>
  percents.map((percent) => ({ name: `${name}.q${percent}`, words }));

const LOWER = [10, 25, 50, 75, 90];
const UPPER = [25, 50, 75, 90];
const QUARTILES = [25, 50, 75];
const OUTER = [10, 50, 90];
const LAGS = [2, 4, 8, 16];

/**
 * Curvature against speed is the power law of Lacquaniti, Terzuolo and Viviani, Acta Psychologica 54, 1983; accelerations and jerks
 * over speed, and the correlation of the speed with itself, do not depend on the pointer's pixels.
 */
export const MOTION_FEATURES: readonly NamedFeature[] = [
  ...quantiles('speed', 'speed of the pointer', LOWER),
  ...quantiles('acceleration', 'acceleration of the pointer', UPPER),
  ...quantiles('frame-jerk', 'jerkiness of the pointer', UPPER),
  ...quantiles('turn-rate', 'how sharply the pointer turns', UPPER),
  { name: 'power-law.slope', words: 'slowing down in curves' },
  { name: 'power-law.r', words: 'how strictly curves slow the pointer' },
  { name: 'curvature.mean', words: 'bend of the way' },
  { name: 'curvature.sd', words: 'change in the bend of the way' },
  ...quantiles('relative-acceleration', 'acceleration for the speed', OUTER),
  { name: 'relative-acceleration.mean', words: 'acceleration for the speed' },
  ...quantiles('relative-jerk', 'jerkiness for the speed', QUARTILES),
  ...LAGS.map((lag) => ({ name: `speed-memory.${lag}`, words: 'how fast the speed changes' })),
  { name: 'horizontal-speed', words: 'speed to the sides' },
  { name: 'vertical-speed', words: 'speed up and down' },
];

const MIN_PAIRS = 20;
const MIN_LAGGED = 10;
const MIN_DIRECTED = 5;
const SLOWEST = 10;
/** |cos| of a direction within about 32° of an axis. */
const ALONG_AXIS = 0.85;

/** @returns 34 values; NaN where there are too few frames */
export function motionStatistics(motions: readonly Motion[]): Float64Array {
  const frames = allFrames(motions);
  const { speed, acceleration, jerk } = frames;
  const logs = (values: Float64Array, of: (x: number) => number): Float64Array => values.map((x) => Math.log(of(x)));
  return Float64Array.from([
    ...atPercents(
      logs(speed, (v) => Math.max(v, SLOWEST)),
      LOWER,
    ),
    ...atPercents(
      logs(acceleration, (a) => Math.abs(a) + 30),
      UPPER,
    ),
    ...atPercents(
      logs(jerk, (j) => Math.abs(j) + 500),
      UPPER,
    ),
    ...movingStatistics(framesInMotion(frames)),
  ]);
}

interface Frames {
  readonly speed: Float64Array;
  readonly acceleration: Float64Array;
  readonly jerk: Float64Array;
  readonly turnRate: Float64Array;
  readonly direction: Float64Array;
  readonly memory: readonly number[];
}

function allFrames(motions: readonly Motion[]): Frames {
  const join = (of: (motion: Motion) => Float64Array): Float64Array => joined(motions.map(of));
  const logSpeeds = motions.map(({ speed }) => speed.map((v) => Math.log(v + 20)));
  return {
    speed: join(({ speed }) => speed),
    acceleration: join(({ acceleration }) => acceleration),
    jerk: join(({ jerk }) => jerk),
    turnRate: join(({ turnRate }) => turnRate),
    direction: join(({ direction }) => direction),
    memory: LAGS.map((lag) => memoryOf(logSpeeds, lag)),
  };
}

/** Only where the pointer moves has it a direction. */
function framesInMotion(frames: Frames): Frames {
  const rows = new Uint32Array(frames.speed.length);
  let count = 0;
  for (let i = 0; i < rows.length; i += 1) if (at(frames.speed, i) > MOVING_PX_PER_S) rows[count++] = i;
  const moving = (values: Float64Array): Float64Array => {
    const chosen = new Float64Array(count);
    for (let i = 0; i < count; i += 1) chosen[i] = at(values, rows[i] ?? 0);
    return chosen;
  };
  return {
    speed: moving(frames.speed),
    acceleration: moving(frames.acceleration),
    jerk: moving(frames.jerk),
    turnRate: moving(frames.turnRate),
    direction: moving(frames.direction),
    memory: frames.memory,
  };
}

function movingStatistics({ speed, acceleration, jerk, turnRate, direction, memory }: Frames): number[] {
  const logSpeed = speed.map((v) => Math.log(v));
  const relative = acceleration.map((a, i) => a / at(speed, i));
  const along = (axis: (angle: number) => number): number => {
    const chosen = logSpeed.filter((_, i) => Math.abs(axis(at(direction, i))) > ALONG_AXIS);
    return chosen.length > MIN_DIRECTED ? mean(chosen) : Number.NaN;
  };
  const relativeJerk = jerk.map((j, i) => Math.log(Math.abs(j) / at(speed, i) + 1));
  return [
    ...atPercents(
      turnRate.map((w) => Math.log(Math.abs(w) + 0.2)),
      UPPER,
    ),
    ...powerLaw(
      turnRate.map((w, i) => Math.log(Math.abs(w) / at(speed, i) + 1e-4)),
      logSpeed,
    ),
    ...atPercents(relative, OUTER),
    mean(relative.map(Math.abs)),
    ...atPercents(relativeJerk, QUARTILES),
    ...memory,
    along(Math.cos),
    along(Math.sin),
  ];
}

/** @returns slope and correlation of ln speed on ln curvature, mean and standard deviation (n) of ln curvature */
function powerLaw(logCurvature: Float64Array, logSpeed: Float64Array): number[] {
  if (logCurvature.length <= MIN_PAIRS) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const centre = mean(logCurvature);
  const variance = logCurvature.reduce((sum, x) => sum + (x - centre) ** 2, 0) / logCurvature.length;
  return [slope(logCurvature, logSpeed), correlation(logCurvature, logSpeed), centre, Math.sqrt(variance)];
}

/** Correlation of ln(speed + 20) with itself `lag` frames later, over all movements that are longer. */
function memoryOf(logSpeeds: readonly Float64Array[], lag: number): number {
  const long = logSpeeds.filter(({ length }) => length > lag + 2);
  const later = joined(long.map((speed) => speed.subarray(lag)));
  const earlier = joined(long.map((speed) => speed.subarray(0, -lag)));
  return later.length > MIN_LAGGED ? correlation(later, earlier) : Number.NaN;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

/** Reorders its values. NaN below two of them. */
const atPercents = (values: Float64Array, percents: readonly number[]): number[] =>
  percents.map((percent) => (values.length < 2 ? Number.NaN : quantile(values, percent / 100)));
