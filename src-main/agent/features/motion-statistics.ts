// What the frames of all movements of a window are like. In: frames of each movement. Out: 34 values in the order of MOTION_FEATURES.
import { correlationOf, slopeOf, type CoMoments } from './co-moments.ts';
import { quantiles } from './distribution.ts';
import { LAGS, momentsTogether, sumOf, type Column, type MotionFrames, type Sum } from './motion-frames.ts';
import type { NamedFeature } from './stroke-features.ts';

const percentiles = (name: string, words: string, percents: readonly number[]): NamedFeature[] =>
  percents.map((percent) => ({ name: `${name}.q${percent}`, words }));

const LOWER = [10, 25, 50, 75, 90];
const UPPER = [25, 50, 75, 90];
const QUARTILES = [25, 50, 75];
const OUTER = [10, 50, 90];

/**
 * Curvature against speed is the power law of Lacquaniti, Terzuolo and Viviani, Acta Psychologica 54, 1983; accelerations and jerks
 * over speed, and the correlation of the speed with itself, do not depend on the pointer's pixels.
 */
export const MOTION_FEATURES: readonly NamedFeature[] = [
  ...percentiles('speed', 'speed of the pointer', LOWER),
  ...percentiles('acceleration', 'acceleration of the pointer', UPPER),
  ...percentiles('frame-jerk', 'jerkiness of the pointer', UPPER),
  ...percentiles('turn-rate', 'how sharply the pointer turns', UPPER),
  { name: 'power-law.slope', words: 'slowing down in curves' },
  { name: 'power-law.r', words: 'how strictly curves slow the pointer' },
  { name: 'curvature.mean', words: 'bend of the way' },
  { name: 'curvature.sd', words: 'change in the bend of the way' },
  ...percentiles('relative-acceleration', 'acceleration for the speed', OUTER),
  { name: 'relative-acceleration.mean', words: 'acceleration for the speed' },
  ...percentiles('relative-jerk', 'jerkiness for the speed', QUARTILES),
  ...LAGS.map((lag) => ({ name: `speed-memory.${lag}`, words: 'how fast the speed changes' })),
  { name: 'horizontal-speed', words: 'speed to the sides' },
  { name: 'vertical-speed', words: 'speed up and down' },
];

const MIN_PAIRS = 20;
const MIN_LAGGED = 10;
const MIN_DIRECTED = 5;

const PERCENTS: Readonly<Record<Column, readonly number[]>> = {
  ...{ speed: LOWER, acceleration: UPPER, jerk: UPPER },
  ...{ turnRate: UPPER, relative: OUTER, relativeJerk: QUARTILES },
};

/** @returns 34 values; NaN where there are too few frames */
export function motionStatistics(movements: readonly MotionFrames[]): number[] {
  const room = new Float64Array(movements.reduce((sum, { columns }) => sum + columns.speed.length, 0));
  const column = (name: Column): number[] => atPercents(joined(movements, name, room), PERCENTS[name]);
  const whole = (of: (one: MotionFrames) => Sum): Sum => sumOf(movements.map(of));
  const relative = whole((one) => one.relative);
  return [
    ...column('speed'),
    ...column('acceleration'),
    ...column('jerk'),
    ...column('turnRate'),
    ...powerLaw(momentsTogether(movements.map((one) => one.powerLaw))),
    ...column('relative'),
    relative.total / relative.n,
    ...column('relativeJerk'),
    ...LAGS.map((_, i) => memoryOf(momentsTogether(movements.flatMap(({ memory }) => memory[i] ?? [])))),
    meanAlong(whole((one) => one.sideways)),
    meanAlong(whole((one) => one.upright)),
  ];
}

/** @returns slope and correlation of ln speed on ln curvature, mean and standard deviation (n) of ln curvature */
function powerLaw(moments: CoMoments): number[] {
  if (moments.n <= MIN_PAIRS) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  return [slopeOf(moments), correlationOf(moments), moments.meanX, Math.sqrt(moments.xx / moments.n)];
}

/** Correlation of ln(speed + 20) with itself some frames later, over all movements that are longer. */
const memoryOf = (moments: CoMoments): number => (moments.n > MIN_LAGGED ? correlationOf(moments) : Number.NaN);

const meanAlong = ({ n, total }: Sum): number => (n > MIN_DIRECTED ? total / n : Number.NaN);

/** @param room for the frames of all movements. @returns a part of it */
function joined(movements: readonly MotionFrames[], name: Column, room: Float64Array): Float64Array {
  let size = 0;
  for (const { columns } of movements) {
    room.set(columns[name], size);
    size += columns[name].length;
  }
  return room.subarray(0, size);
}

/** Reorders its values. NaN below two of them. */
const atPercents = (values: Float64Array, percents: readonly number[]): number[] =>
  values.length < 2 ? percents.map(() => Number.NaN) : quantiles(values, percents);
