// What the frames of all movements of a window are like. In: frames of each movement. Out: 34 values in the order of MOTION_FEATURES.
import { correlationOf, slopeOf, type CoMoments } from './co-moments.ts';
import { quantiles } from './distribution.ts';
import { LAGS, momentsTogether, sumOf, type Column, type MotionFrames, type Sum } from './motion-frames.ts';
import { roomFor } from './room.ts';
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

/** Of a column of all movements together: NaN below two frames. */
export type Percentiles = (name: Column, percents: readonly number[]) => readonly number[];

/**
 * @param percentiles of these movements, where they follow from those of the window before
 * @returns 34 values; NaN where there are too few frames
 */
export function motionStatistics(
  movements: readonly MotionFrames[],
  percentiles: Percentiles = percentilesOf(movements),
): number[] {
  const column = (name: Column): readonly number[] => percentiles(name, PERCENTS[name]);
  const relative = sumOf(movements, 'relative');
  return [
    ...column('speed'),
    ...column('acceleration'),
    ...column('jerk'),
    ...column('turnRate'),
    ...powerLaw(momentsTogether(movements)),
    ...column('relative'),
    relative.total / relative.n,
    ...column('relativeJerk'),
    ...LAGS.map((_, lag) => memoryOf(momentsTogether(movements, lag))),
    meanAlong(sumOf(movements, 'sideways')),
    meanAlong(sumOf(movements, 'upright')),
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

const room = roomFor();

function percentilesOf(movements: readonly MotionFrames[]): Percentiles {
  return (name, percents) => {
    const all = room(movements.reduce((sum, { columns }) => sum + columns[name].length, 0));
    let from = 0;
    for (const { columns } of movements) {
      all.set(columns[name], from);
      from += columns[name].length;
    }
    return all.length < 2 ? percents.map(() => Number.NaN) : quantiles(all, percents);
  };
}
