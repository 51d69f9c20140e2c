// How much of one movement is tremor. In: speed at 60 Hz. Out: share of 6-14 Hz in the power of 0.5-14 Hz.
// Unlike tremor.ts, whose bins are whole frequencies, the bins are those of a discrete Fourier transform over the stroke, padded
// with zeros to 64 frames: a short stroke has its power spread over its neighbours there, and the prior's statistics know it so.
import { at, mean } from './distribution.ts';
import { roomFor } from './room.ts';
import { FRAMES_PER_S } from './strokes.ts';

const MIN_BINS = 64;
const FROM_HZ = 0.5;
const TREMOR_FROM_HZ = 6;
const TO_HZ = 14;

/** @param speed px/s, at least 2 frames. Without its mean, under a Hann window. @returns 0 to 1; 0 without power in the bands */
export function shareOfTremor(speed: Float64Array): number {
  const signal = windowed(speed);
  const size = Math.max(MIN_BINS, signal.length);
  let [tremor, all] = [0, 0];
  for (let bin = 1; ; bin += 1) {
    const hz = (bin * FRAMES_PER_S) / size;
    if (hz >= TO_HZ) break;
    if (hz < FROM_HZ) continue;
    const power = powerAt(signal, (2 * Math.PI * bin) / size);
    all += power;
    if (hz >= TREMOR_FROM_HZ) tremor += power;
  }
  return tremor / Math.max(all, 1e-9);
}

const room = roomFor();

function windowed(speed: Float64Array): Float64Array {
  const centre = mean(speed);
  const step = (2 * Math.PI) / (speed.length - 1);
  const signal = room(speed.length);
  for (let i = 0; i < speed.length; i += 1) signal[i] = (at(speed, i) - centre) * (0.5 - 0.5 * Math.cos(step * i));
  return signal;
}

/** Goertzel, "An algorithm for the evaluation of finite trigonometric series", American Mathematical Monthly 65(1), 1958. */
function powerAt(signal: Float64Array, radians: number): number {
  const turn = 2 * Math.cos(radians);
  let [one, two] = [0, 0];
  for (let i = 0; i < signal.length; i += 1) {
    const next = at(signal, i) + turn * one - two;
    two = one;
    one = next;
  }
  return one * one + two * two - turn * one * two;
}
