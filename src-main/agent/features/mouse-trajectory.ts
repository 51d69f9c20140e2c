// How the pointer travels: the 20 trajectory features. In: motions and pauses. Out: values in the order of TRAJECTORY_FEATURES.
import { at, mean, median, quantile, slope } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';
import type { Activity } from './mouse-activity.ts';
import { strokeShape } from './stroke-shape.ts';

const frameRule = 'over all 60 Hz frames of all strokes';
const strokeRule = 'mean over strokes of';

export const TRAJECTORY_FEATURES: readonly Feature[] = [
  feature('speed.q10', 'px/s', 'log', 'slow pointer movement', `10 % quantile of speed ${frameRule}`),
  feature('speed.median', 'px/s', 'log', 'usual pointer speed', `median of speed ${frameRule}`),
  feature('speed.q90', 'px/s', 'log', 'fast pointer movement', `90 % quantile of speed ${frameRule}`),
  feature('speed.peak', 'px/s', 'log', 'top speed of movements', 'median over strokes of the highest speed'),
  feature(
    'speed.peak-at',
    'share',
    'linear',
    'when a movement is fastest',
    `${strokeRule} the share of its time at which speed peaks`,
  ),
  feature(
    'speed.cv',
    'ratio',
    'log',
    'evenness of pointer speed',
    `${strokeRule} standard deviation over mean of its speed`,
  ),
  feature(
    'acceleration.median',
    'px/s²',
    'log',
    'usual acceleration',
    `median of |acceleration along the path| ${frameRule}`,
  ),
  feature(
    'acceleration.q90',
    'px/s²',
    'log',
    'strong acceleration',
    `90 % quantile of |acceleration along the path| ${frameRule}`,
  ),
  feature(
    'acceleration.asymmetry',
    'ratio',
    'linear',
    'balance of speeding up and braking',
    `${strokeRule} ln(greatest acceleration / greatest deceleration), each at least 50 px/s²`,
  ),
  feature('jerk.median', 'px/s³', 'log', 'abruptness of movements', `median of |jerk along the path| ${frameRule}`),
  feature(
    'jerk.dimensionless',
    'ratio',
    'linear',
    'smoothness of movements',
    `${strokeRule} ½ ln(1 + mean(jerk²) T⁶ / path²), T its duration: Hogan and Sternad, "Sensitivity of smoothness measures", 2009`,
  ),
  feature(
    'angle.turn',
    'rad',
    'log',
    'how much the pointer turns',
    `${strokeRule} the sum of |change of direction| while over 30 px/s`,
  ),
  feature(
    'angle.start',
    'rad',
    'log',
    'aim at the start of a movement',
    `${strokeRule} the angle between its first fifth and the line from its start to its end`,
  ),
  feature(
    'curvature.median',
    'rad/px',
    'log',
    'curvature of paths',
    'median of |turn rate| / speed over all frames over 30 px/s',
  ),
  feature(
    'curvature.exponent',
    'ratio',
    'linear',
    'slowing down in curves',
    'slope of ln speed on ln(curvature + 0.0001) over frames over 30 px/s, from 20 frames on: the power law of Lacquaniti, Terzuolo and Viviani, 1983',
  ),
  feature(
    'efficiency',
    'share',
    'linear',
    'directness of paths',
    `${strokeRule} the line from its start to its end over its path`,
  ),
  feature(
    'deviation',
    'share',
    'linear',
    'how far paths bow',
    `${strokeRule} the greatest distance from that line over its path`,
  ),
  feature('stroke.duration', 'ms', 'log', 'length of movements', 'median duration of strokes'),
  feature(
    'pause.median',
    'ms',
    'log',
    'length of pauses of the mouse',
    'median of gaps between events from 150 ms to 5 s',
  ),
  feature(
    'pause.share',
    'share',
    'linear',
    'time spent resting',
    'share of active time in gaps of 150 ms and more, each counted up to 1 s',
  ),
];

const MIN_CURVE_FRAMES = 20;

/** @returns 20 values */
export function trajectoryValues(motions: readonly Motion[], activity: Activity): Float64Array {
  const frames = pooledFrames(motions);
  const curves = curvedFrames(motions, frames.speed.length);
  const shapes = motions.map(strokeShape);
  const over = (pick: (shape: (typeof shapes)[number]) => number) => mean(Float64Array.from(shapes, pick));
  const bent = curves.lnSpeed.length >= MIN_CURVE_FRAMES;
  const exponent = bent ? slope(curves.lnCurvature, curves.lnSpeed) : Number.NaN;
  const { speed, acceleration, jerk } = frames;
  return Float64Array.of(
    quantile(speed, 0.1),
    quantile(speed, 0.5),
    quantile(speed, 0.9),
    median(Float64Array.from(motions, ({ peakSpeed }) => peakSpeed)),
    over((shape) => shape.peakAt),
    over((shape) => shape.speedCv),
    quantile(acceleration, 0.5),
    quantile(acceleration, 0.9),
    over((shape) => shape.asymmetry),
    median(jerk),
    over((shape) => shape.dimensionlessJerk),
    over((shape) => shape.turn),
    over((shape) => shape.startAngle),
    median(curves.curvature),
    exponent,
    over((shape) => shape.efficiency),
    over((shape) => shape.deviation),
    median(Float64Array.from(motions, ({ stroke }) => stroke.durationMs)),
    median(activity.pausesMs),
    activity.activeMs > 0 ? activity.restMs / activity.activeMs : Number.NaN,
  );
}

/** Speed and the magnitudes of acceleration and jerk of all frames. */
function pooledFrames(motions: readonly Motion[]) {
  const total = motions.reduce((frames, motion) => frames + motion.frames, 0);
  const [speed, acceleration, jerk] = [new Float64Array(total), new Float64Array(total), new Float64Array(total)];
  let row = 0;
  for (const motion of motions) {
    for (let i = 0; i < motion.frames; i += 1, row += 1) {
      speed[row] = at(motion.speed, i);
      acceleration[row] = Math.abs(at(motion.acceleration, i));
      jerk[row] = Math.abs(at(motion.jerk, i));
    }
  }
  return { speed, acceleration, jerk };
}

/** Curvature of the frames that are fast enough to have a direction. */
function curvedFrames(motions: readonly Motion[], atMost: number) {
  const [curvature, lnCurvature, lnSpeed] = [
    new Float64Array(atMost),
    new Float64Array(atMost),
    new Float64Array(atMost),
  ];
  let row = 0;
  for (const { frames, speed, turnRate } of motions) {
    for (let i = 0; i < frames; i += 1) {
      const v = at(speed, i);
      if (v <= MOVING_PX_PER_S) continue;
      curvature[row] = Math.abs(at(turnRate, i)) / v;
      lnCurvature[row] = Math.log(at(curvature, row) + 1e-4);
      lnSpeed[row] = Math.log(v);
      row += 1;
    }
  }
  return {
    curvature: curvature.subarray(0, row),
    lnCurvature: lnCurvature.subarray(0, row),
    lnSpeed: lnSpeed.subarray(0, row),
  };
}
