// How much of a movement is tremor. In: motions. Out: centre frequency and share of the 6-14 Hz band in the power of speed.
// Physiological tremor of the hand lies at 8-12 Hz: Elble and Koller, "Tremor", 1990; voluntary movement ends near 5 Hz.
import { at, mean } from './distribution.ts';
import type { Motion } from './kinematics.ts';
import { FRAMES_PER_S } from './strokes.ts';

const MIN_FRAMES = 15;
const TREMOR_FROM_HZ = 6;
const TO_HZ = 14;

// At 60 frames a second every whole frequency runs through the same 60 phases.
const cosine = Float64Array.from({ length: FRAMES_PER_S }, (_, phase) =>
  Math.cos((2 * Math.PI * phase) / FRAMES_PER_S),
);
const sine = Float64Array.from({ length: FRAMES_PER_S }, (_, phase) => Math.sin((2 * Math.PI * phase) / FRAMES_PER_S));

export interface Tremor {
  /** NaN where no stroke is long enough or has power in the band. */
  readonly frequencyHz: number;
  readonly share: number;
}

export function tremorOf(motions: readonly Motion[]): Tremor {
  let [frequencies, shares, strokes] = [0, 0, 0];
  for (const { speed, frames } of motions) {
    if (frames < MIN_FRAMES) continue;
    const signal = windowed(speed);
    let [slow, fast, moment] = [0, 0, 0];
    for (let hz = 1; hz <= TO_HZ; hz += 1) {
      const power = powerAt(signal, hz);
      if (hz < TREMOR_FROM_HZ) {
        slow += power;
      } else {
        fast += power;
        moment += hz * power;
      }
    }
    if (!(fast > 0)) continue;
    frequencies += moment / fast;
    shares += fast / (slow + fast);
    strokes += 1;
  }
  return { frequencyHz: frequencies / strokes, share: shares / strokes };
}

/** Without its mean, under a Hann window. */
function windowed(speed: Float64Array): Float64Array {
  const centre = mean(speed);
  const step = (2 * Math.PI) / (speed.length - 1);
  const signal = new Float64Array(speed.length);
  for (let i = 0; i < speed.length; i += 1) signal[i] = (at(speed, i) - centre) * (0.5 - 0.5 * Math.cos(step * i));
  return signal;
}

function powerAt(signal: Float64Array, hz: number): number {
  let [real, imaginary, phase] = [0, 0, 0];
  for (let i = 0; i < signal.length; i += 1) {
    real += at(signal, i) * at(cosine, phase);
    imaginary += at(signal, i) * at(sine, phase);
    phase += hz;
    if (phase >= FRAMES_PER_S) phase -= FRAMES_PER_S;
  }
  return real * real + imaginary * imaginary;
}
