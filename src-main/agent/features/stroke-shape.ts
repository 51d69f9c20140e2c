// The shape of one stroke in a few numbers. In: a motion. Out: where it peaks, how smooth, how straight it is.
import { at, length, mean, sampleSd } from './distribution.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';

export interface StrokeShape {
  /** 0 to 1. */
  readonly peakAt: number;
  readonly speedCv: number;
  /** ln of greatest acceleration over greatest deceleration. */
  readonly asymmetry: number;
  readonly dimensionlessJerk: number;
  /** rad, at least 0. */
  readonly turn: number;
  /** rad, 0 to π. */
  readonly startAngle: number;
  /** Chord over path, 0 to 1. */
  readonly efficiency: number;
  /** Greatest distance from the chord over path. */
  readonly deviation: number;
}

/** Less than this is the noise of rounding to whole pixels. */
const MIN_ACCELERATION = 50;

export function strokeShape(motion: Motion): StrokeShape {
  const { stroke, frames, speed, acceleration } = motion;
  const last = frames - 1;
  const chordX = at(stroke.x, last) - at(stroke.x, 0);
  const chordY = at(stroke.y, last) - at(stroke.y, 0);
  const chordPx = length(chordX, chordY);
  const fifth = Math.max(2, Math.floor(frames / 5));
  const start = Math.atan2(at(stroke.y, fifth) - at(stroke.y, 0), at(stroke.x, fifth) - at(stroke.x, 0));
  const [most, least] = extremes(acceleration);
  return {
    peakAt: motion.peakFrame / last,
    speedCv: sampleSd(speed) / mean(speed),
    asymmetry: Math.log(Math.max(most, MIN_ACCELERATION) / Math.max(-least, MIN_ACCELERATION)),
    dimensionlessJerk: dimensionlessJerk(motion),
    turn: totalTurn(motion),
    startAngle: Math.abs(foldAngle(start - Math.atan2(chordY, chordX))),
    efficiency: Math.min(chordPx / stroke.pathPx, 1),
    deviation: greatestDeviation(motion, chordX, chordY, chordPx) / stroke.pathPx,
  };
}

function extremes(values: Float64Array): readonly [number, number] {
  let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    most = Math.max(most, at(values, i));
    least = Math.min(least, at(values, i));
  }
  return [most, least];
}

function dimensionlessJerk({ jerk, stroke }: Motion): number {
  let squares = 0;
  for (let i = 0; i < jerk.length; i += 1) squares += at(jerk, i) ** 2;
  const durationS = stroke.durationMs / 1000;
  return Math.log1p(((squares / jerk.length) * durationS ** 6) / stroke.pathPx ** 2) / 2;
}

function totalTurn({ frames, speed, direction }: Motion): number {
  let turn = 0;
  for (let i = 1; i < frames; i += 1) {
    if (at(speed, i) <= MOVING_PX_PER_S || at(speed, i - 1) <= MOVING_PX_PER_S) continue;
    turn += Math.abs(at(direction, i) - at(direction, i - 1));
  }
  return turn;
}

/** A stroke that ends where it began has no chord; its distance from the start takes its place. */
function greatestDeviation({ stroke, frames }: Motion, chordX: number, chordY: number, chordPx: number): number {
  let greatest = 0;
  for (let i = 0; i < frames; i += 1) {
    const dx = at(stroke.x, i) - at(stroke.x, 0);
    const dy = at(stroke.y, i) - at(stroke.y, 0);
    const distance = chordPx > 0 ? Math.abs(dy * chordX - dx * chordY) / chordPx : length(dx, dy);
    greatest = Math.max(greatest, distance);
  }
  return greatest;
}

const foldAngle = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
