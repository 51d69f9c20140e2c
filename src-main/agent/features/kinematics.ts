// Derivatives of a stroke. In: positions at 60 Hz. Out: speed, acceleration, jerk and direction of every frame.
import { at, length } from './distribution.ts';
import { roomFor } from './room.ts';
import { FRAMES_PER_S, smooth, type Stroke } from './strokes.ts';

/** Below this speed the direction is that of rounding to whole pixels. */
export const MOVING_PX_PER_S = 30;

export interface Motion {
  readonly stroke: Stroke;
  readonly frames: number;
  /** px/s */
  readonly speed: Float64Array;
  /** Along the path, px/s². */
  readonly acceleration: Float64Array;
  /** Along the path, px/s³. */
  readonly jerk: Float64Array;
  /** Direction of movement without jumps at ±π, rad. */
  readonly direction: Float64Array;
  /** Change of direction, rad/s. */
  readonly turnRate: Float64Array;
  /** Frame of the highest speed. */
  readonly peakFrame: number;
  readonly peakSpeed: number;
}

const [roomX, roomY, roomSmooth] = [roomFor(), roomFor(), roomFor()];

export function motionOf(stroke: Stroke): Motion {
  const frames = stroke.x.length;
  const vx = derivative(stroke.x, roomX(frames));
  const vy = derivative(stroke.y, roomY(frames));
  // One array for all of them: what is not made need not be given back.
  const all = new Float64Array(5 * frames);
  const column = (i: number): Float64Array => all.subarray(i * frames, (i + 1) * frames);
  const [speed, direction] = [column(0), column(1)];
  let [peakFrame, peakSpeed] = [0, 0];
  for (let i = 0; i < frames; i += 1) {
    const v = length(at(vx, i), at(vy, i));
    const angle = Math.atan2(at(vy, i), at(vx, i));
    speed[i] = v;
    direction[i] = i === 0 ? angle : nearest(angle, at(direction, i - 1));
    if (v <= peakSpeed) continue;
    peakFrame = i;
    peakSpeed = v;
  }
  const smoothed = roomSmooth(frames);
  const acceleration = derivative(smooth(speed, smoothed), column(2));
  const jerk = derivative(smooth(acceleration, smoothed), column(3));
  const turnRate = derivative(smooth(direction, smoothed), column(4));
  return { stroke, frames, speed, acceleration, jerk, direction, turnRate, peakFrame, peakSpeed };
}

/** Central differences per second, one-sided at the ends. @param slopes another array of the same length, which is returned */
function derivative(values: Float64Array, slopes: Float64Array): Float64Array {
  const last = values.length - 1;
  slopes[0] = (at(values, 1) - at(values, 0)) * FRAMES_PER_S;
  for (let i = 1; i < last; i += 1) slopes[i] = ((at(values, i + 1) - at(values, i - 1)) / 2) * FRAMES_PER_S;
  slopes[last] = (at(values, last) - at(values, last - 1)) * FRAMES_PER_S;
  return slopes;
}

/** The angle, plus the whole turns that bring it closest to another; an exact reversal stays as it is. */
function nearest(angle: number, other: number): number {
  const turns = (other - angle) / (2 * Math.PI);
  return Math.abs(turns) <= 0.5 ? angle : angle + 2 * Math.PI * Math.round(turns);
}
