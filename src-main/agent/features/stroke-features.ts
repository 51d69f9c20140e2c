// One movement in numbers. In: a motion, and what surrounds it. Out: 24 values, mostly logarithms, in the order of STROKE_FEATURES.
// Features of the SapiMouse study behind learn/mouse-profile.ts; the smoothness measure is the log dimensionless jerk of
// Balasubramanian et al., J. NeuroEngineering and Rehabilitation 12, 2015.
import { at, length, mean, quantile } from './distribution.ts';
import { MOVING_PX_PER_S, type Motion } from './kinematics.ts';
import { roomFor } from './room.ts';
import { smooth } from './strokes.ts';
import { shareOfTremor } from './stroke-spectrum.ts';

/** Of a table whose values are centred logarithms and shares: name and plain words. */
export interface NamedFeature {
  readonly name: string;
  readonly words: string;
}

const named = (name: string, words: string): NamedFeature => ({ name, words });

export const STROKE_FEATURES: readonly NamedFeature[] = [
  named('duration', 'length of a movement in time'),
  named('path', 'length of a movement on the screen'),
  named('detour', 'straightness of movements'),
  named('peak-speed', 'highest speed of a movement'),
  named('mean-speed', 'speed of a movement'),
  named('peak-at', 'when a movement is fastest'),
  named('speed-up', 'strength of the start of a movement'),
  named('slow-down', 'strength of braking'),
  named('asymmetry', 'speeding up against braking'),
  named('deviation', 'width of the arc of a movement'),
  named('side', 'side to which movements bend'),
  named('turn', 'turning on the way'),
  named('net-turn', 'direction in which movements turn'),
  named('corrections', 'corrections on the way'),
  named('jerk', 'smoothness of movements'),
  named('tremor', 'strength of tremor'),
  named('slow', 'careful approach'),
  named('tail', 'time after the highest speed'),
  named('start-angle', 'aim at the start of a movement'),
  named('pause', 'rest before a movement'),
  named('settle', 'rest before a click'),
  named('hold', 'length of clicks at the end of a movement'),
  named('speed-cv', 'evenness of speed'),
  named('speed-iqr', 'spread of speed within a movement'),
];

// Floors under logarithms: below them lies the rounding to whole pixels and milliseconds. Chosen on the development recordings.
const MIN_ACCELERATION = 50;
const MIN_SPEED = 5;
const MAX_NET_TURN = 7;
const SLOW_SHARE = 0.1;

const PAUSE = 19;
const [SETTLE, HOLD] = [PAUSE + 1, PAUSE + 2];

/** What surrounds a movement, in seconds; NaN where there is none. */
export interface Surroundings {
  readonly pauseS: number;
  readonly settleS: number;
  readonly holdS: number;
}

/**
 * @param values of the motion
 * @param feature its place in {@link STROKE_FEATURES}
 * @returns NaN for pause, settle and hold where there is none
 */
export function strokeFeature(values: Float64Array, { pauseS, settleS, holdS }: Surroundings, feature: number): number {
  if (feature === PAUSE) return Math.log(pauseS + 0.02);
  if (feature === SETTLE) return Math.log(settleS + 0.01);
  return feature === HOLD ? Math.log(holdS + 0.005) : at(values, feature);
}

const [roomOnce, roomTwice, roomSpeeds] = [roomFor(), roomFor(), roomFor()];

/** @returns 24 values; NaN for what tells of the surroundings */
export function motionFeatures(motion: Motion): Float64Array {
  const { stroke, frames, speed, acceleration, jerk, peakFrame, peakSpeed } = motion;
  const durationS = stroke.durationMs / 1000;
  const path = stroke.pathPx;
  const chord = chordOf(motion);
  const [most, least] = extremes(acceleration);
  const { greatest, average } = deviationsOf(motion, chord);
  const { total, net } = turnsOf(motion);
  const meanJerkSquare = squaresOf(jerk) / frames;
  const [q25, q75, cv] = spreadOf(speed);
  return Float64Array.of(
    Math.log(durationS),
    Math.log(path),
    Math.log(path / Math.max(chord.px, path * 0.02)),
    Math.log(peakSpeed),
    Math.log(path / durationS),
    peakFrame / (frames - 1),
    Math.log(most),
    Math.log(least),
    Math.log(most / least),
    Math.log(greatest / path + 0.003),
    average / path,
    Math.log(total + 0.05),
    Math.min(MAX_NET_TURN, Math.max(-MAX_NET_TURN, net)),
    Math.log((peaksOf(motion) + 0.5) / durationS),
    Math.log1p((meanJerkSquare * durationS ** 6) / path ** 2) / 2,
    Math.log(shareOfTremor(speed) + 1e-3),
    countBelow(speed, SLOW_SHARE * peakSpeed) / frames,
    (frames - 1 - peakFrame) / 60 / durationS,
    Math.log(startAngleOf(motion, chord) + 0.02),
    Number.NaN,
    Number.NaN,
    Number.NaN,
    cv,
    Math.log(q75 / Math.max(q25, MIN_SPEED)),
  );
}

function squaresOf(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += at(values, i) * at(values, i);
  return squares;
}

function countBelow(values: Float64Array, limit: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i += 1) if (at(values, i) < limit) count += 1;
  return count;
}

interface Chord {
  readonly px: number;
  /** Unit vector from the first to the last frame; (0, 0) where they are the same. */
  readonly x: number;
  readonly y: number;
}

function chordOf({ stroke, frames }: Motion): Chord {
  const dx = at(stroke.x, frames - 1) - at(stroke.x, 0);
  const dy = at(stroke.y, frames - 1) - at(stroke.y, 0);
  const px = length(dx, dy);
  return { px, x: dx / Math.max(px, 1e-6), y: dy / Math.max(px, 1e-6) };
}

/** Greatest acceleration and greatest deceleration, px/s². */
function extremes(acceleration: Float64Array): readonly [number, number] {
  let [most, least] = [MIN_ACCELERATION, MIN_ACCELERATION];
  for (let i = 0; i < acceleration.length; i += 1) {
    most = Math.max(most, at(acceleration, i));
    least = Math.max(least, -at(acceleration, i));
  }
  return [most, least];
}

/** Distances from the chord, px: the greatest to either side, and their signed mean. */
function deviationsOf({ stroke, frames }: Motion, chord: Chord): { greatest: number; average: number } {
  let [greatest, total] = [0, 0];
  for (let i = 0; i < frames; i += 1) {
    const d = (at(stroke.y, i) - at(stroke.y, 0)) * chord.x - (at(stroke.x, i) - at(stroke.x, 0)) * chord.y;
    greatest = Math.max(greatest, Math.abs(d));
    total += d;
  }
  return { greatest, average: total / frames };
}

/** Turns between frames that both move, rad: their sum without and with sign. */
function turnsOf({ frames, speed, direction }: Motion): { total: number; net: number } {
  let [total, net] = [0, 0];
  for (let i = 1; i < frames; i += 1) {
    if (at(speed, i) <= MOVING_PX_PER_S || at(speed, i - 1) <= MOVING_PX_PER_S) continue;
    const turn = at(direction, i) - at(direction, i - 1);
    total += Math.abs(turn);
    net += turn;
  }
  return { total, net };
}

/** Peaks of the speed, smoothed twice, over a tenth of its highest value. */
function peaksOf({ speed, peakSpeed }: Motion): number {
  const smoothed = smooth(smooth(speed, roomOnce(speed.length)), roomTwice(speed.length));
  let peaks = 0;
  for (let i = 1; i < smoothed.length - 1; i += 1) {
    const here = at(smoothed, i);
    if (here > at(smoothed, i - 1) && here >= at(smoothed, i + 1) && here > 0.1 * peakSpeed) peaks += 1;
  }
  return peaks;
}

/** Between the first fifth and the chord, rad, 0 to π. */
function startAngleOf({ stroke, frames }: Motion, chord: Chord): number {
  const fifth = Math.max(2, Math.floor(frames / 5));
  const start = Math.atan2(at(stroke.y, fifth) - at(stroke.y, 0), at(stroke.x, fifth) - at(stroke.x, 0));
  const angle = start - Math.atan2(chord.y, chord.x);
  return Math.abs(angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI)));
}

/** Quartiles of the speed and its standard deviation (n) over its mean. */
function spreadOf(speed: Float64Array): readonly [number, number, number] {
  const centre = mean(speed);
  let squares = 0;
  for (let i = 0; i < speed.length; i += 1) squares += (at(speed, i) - centre) ** 2;
  const speeds = roomSpeeds(speed.length);
  speeds.set(speed);
  return [quantile(speeds, 0.25), quantile(speeds, 0.75), Math.sqrt(squares / speed.length) / centre];
}
