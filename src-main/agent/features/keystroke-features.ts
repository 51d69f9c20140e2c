// The keystroke vector. In: the keystroke events of a window, in time order. Out: 140 numbers in the order of the table.
import type { KeystrokeEvent } from '../events.ts';
import { DIGRAPH_FEATURES, digraphValues } from './digraphs.ts';
import { completeVector, type CompleteVector, type Feature } from './feature-table.ts';
import { ERROR_FEATURES, errorValues } from './key-errors.ts';
import { RHYTHM_FEATURES, rhythmValues } from './key-rhythm.ts';
import { keyStrokes } from './key-strokes.ts';
import { TIMING_FEATURES, timingValues } from './key-timing.ts';

/** 28 timing, 100 digraph, 4 error and 8 rhythm features. */
export const KEYSTROKE_FEATURES: readonly Feature[] = [
  ...TIMING_FEATURES,
  ...DIGRAPH_FEATURES,
  ...ERROR_FEATURES,
  ...RHYTHM_FEATURES,
];

export interface KeystrokeVector extends CompleteVector {
  /** Strokes in the window, modifiers included, auto-repeat not. */
  readonly keystrokes: number;
  /** Digraphs of the fixed list that were typed, at most 100. */
  readonly digraphsPresent: number;
}

/**
 * @param fallback the population's mean, 140 numbers, for features that the window cannot give; 0 where left out
 * @throws RangeError for a fallback of another length
 */
export function keystrokeVector(events: readonly KeystrokeEvent[], fallback?: Float32Array): KeystrokeVector {
  const strokes = keyStrokes(events);
  const digraphs = digraphValues(strokes);
  const values = new Float64Array(KEYSTROKE_FEATURES.length);
  let from = 0;
  for (const part of [timingValues(strokes), digraphs.values, errorValues(strokes), rhythmValues(strokes)]) {
    values.set(part, from);
    from += part.length;
  }
  return { ...completeVector(values, fallback), keystrokes: strokes.count, digraphsPresent: digraphs.present };
}
