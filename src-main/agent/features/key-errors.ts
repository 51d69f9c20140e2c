// How somebody corrects: the 4 error features. In: strokes. Out: values in the order of ERROR_FEATURES, NaN for missing.
import { at } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import { ROLE } from './key-classes.ts';
import { isModifier, MAX_GAP_MS, type KeyStrokes } from './key-strokes.ts';

export const ERROR_FEATURES: readonly Feature[] = [
  feature(
    'error.rate',
    'share',
    'linear',
    'how often a correction is made',
    'share of BackSpace among strokes other than modifiers',
  ),
  feature(
    'error.before',
    'ms',
    'log',
    'hesitation before correcting',
    'mean press-to-press latency from the key before a run of BackSpace to its first, up to 5 s',
  ),
  feature(
    'error.after',
    'ms',
    'log',
    'pace after correcting',
    'mean press-to-press latency from the last BackSpace of a run to the key after it, up to 5 s',
  ),
  feature(
    'error.run',
    'count',
    'log',
    'length of corrections',
    'mean number of BackSpace strokes in a row; a held BackSpace is one stroke',
  ),
];

/** @returns 4 values */
export function errorValues(strokes: KeyStrokes): Float64Array {
  let [keys, corrections, runs] = [0, 0, 0];
  let [beforeMs, befores, afterMs, afters] = [0, 0, 0, 0];
  let previous = -1;
  for (let i = 0; i < strokes.count; i += 1) {
    if (isModifier(strokes.role[i])) continue;
    const corrects = strokes.role[i] === ROLE.correction;
    const corrected = previous >= 0 && strokes.role[previous] === ROLE.correction;
    const gapMs = previous < 0 ? Number.NaN : at(strokes.pressMs, i) - at(strokes.pressMs, previous);
    const measured = gapMs >= 0 && gapMs <= MAX_GAP_MS;
    keys += 1;
    if (corrects) corrections += 1;
    if (corrects && !corrected) runs += 1;
    if (corrects && !corrected && measured) {
      beforeMs += gapMs;
      befores += 1;
    }
    if (!corrects && corrected && measured) {
      afterMs += gapMs;
      afters += 1;
    }
    previous = i;
  }
  return Float64Array.of(corrections / keys, beforeMs / befores, afterMs / afters, corrections / runs);
}
