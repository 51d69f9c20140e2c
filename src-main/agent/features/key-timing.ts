// Holds and flights: the 28 timing features. In: strokes. Out: values in the order of TIMING_FEATURES, NaN for missing.
import { at, mean, quantile, sampleSd } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import { FINGERS } from './fingers.ts';
import { ROLE } from './key-classes.ts';
import { isModifier, type KeyStrokes } from './key-strokes.ts';

/** A key held longer is held on purpose (auto-repeat, games); its length says nothing about typing. */
const MAX_DWELL_MS = 1000;

const dwellRule = 'holds (press to release) of all keys but modifiers, over 0 and up to 1 s';
const flightRule =
  'flights (release to the next press, negative in rollover) of directly successive keys other than modifiers, press to press up to 1 s, hold up to 1 s';

const spread = (name: string, words: string, rule: string, scale: 'log' | 'linear'): readonly Feature[] => [
  feature(`${name}.mean`, 'ms', scale, `average ${words}`, `mean of ${rule}`),
  feature(`${name}.sd`, 'ms', 'log', `evenness of ${words}s`, `standard deviation (n - 1) of ${rule}`),
  feature(`${name}.min`, 'ms', scale, `shortest ${words}`, `least of ${rule}`),
  feature(`${name}.max`, 'ms', scale, `longest ${words}`, `greatest of ${rule}`),
  feature(`${name}.median`, 'ms', scale, `typical ${words}`, `median of ${rule}`),
  feature(`${name}.q25`, 'ms', scale, `shorter ${words}s`, `25 % quantile of ${rule}`),
  feature(`${name}.q75`, 'ms', scale, `longer ${words}s`, `75 % quantile of ${rule}`),
  feature(`${name}.range`, 'ms', 'log', `spread of ${words}s`, `greatest less least of ${rule}`),
];

export const TIMING_FEATURES: readonly Feature[] = [
  ...spread('dwell', 'hold time', dwellRule, 'log'),
  ...spread('flight', 'time between keys', flightRule, 'linear'),
  ...FINGERS.map(({ name }) =>
    feature(
      `dwell.${name.replaceAll(' ', '-')}`,
      'ms',
      'log',
      `hold time of the ${name}`,
      `mean of ${dwellRule}, for the keys of the ${name} of a touch typist`,
    ),
  ),
  feature('dwell.shift', 'ms', 'log', 'hold time of Shift', 'mean hold of Shift, over 0 and up to 5 s'),
  feature(
    'rollover.share',
    'share',
    'linear',
    'overlap of keys',
    'time for which a key stays down after the next has gone down, over the hold time of the keys that have a flight',
  ),
  feature('flight.negative', 'share', 'linear', 'how often keys overlap', `share of ${flightRule} that are negative`),
];

/** @returns 28 values */
export function timingValues(strokes: KeyStrokes): Float64Array {
  const dwells = new Float64Array(strokes.count);
  const flights = new Float64Array(strokes.count);
  const fingerSum = new Float64Array(FINGERS.length);
  const fingerCount = new Float64Array(FINGERS.length);
  let [dwellCount, flightCount, negative, overlapMs, followedMs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < strokes.count; i += 1) {
    const holdMs = at(strokes.holdMs, i);
    // A hold that is not known is NaN and fails the comparison.
    if (!(holdMs <= MAX_DWELL_MS) || isModifier(strokes.role[i])) continue;
    dwells[dwellCount++] = holdMs;
    const finger = strokes.finger[i] ?? 0;
    if (finger < FINGERS.length) {
      fingerSum[finger] = at(fingerSum, finger) + holdMs;
      fingerCount[finger] = at(fingerCount, finger) + 1;
    }
    const flightMs = at(strokes.nextMs, i) - holdMs;
    if (Number.isNaN(flightMs)) continue;
    flights[flightCount++] = flightMs;
    followedMs += holdMs;
    if (flightMs >= 0) continue;
    negative += 1;
    overlapMs -= flightMs;
  }
  const values = new Float64Array(TIMING_FEATURES.length);
  values.set(spreadValues(dwells.subarray(0, dwellCount)), 0);
  values.set(spreadValues(flights.subarray(0, flightCount)), 8);
  for (let finger = 0; finger < FINGERS.length; finger += 1) {
    values[16 + finger] = at(fingerSum, finger) / at(fingerCount, finger);
  }
  values.set([shiftHoldMs(strokes), overlapMs / followedMs, negative / flightCount], 25);
  return values;
}

/** Mean, sd, least, greatest, median, quartiles, range: the order of `spread` above. */
function spreadValues(samples: Float64Array): number[] {
  const centre = mean(samples);
  const sd = sampleSd(samples);
  const least = quantile(samples, 0);
  const greatest = quantile(samples, 1);
  const [median, q25, q75] = [quantile(samples, 0.5), quantile(samples, 0.25), quantile(samples, 0.75)];
  return [centre, sd, least, greatest, median, q25, q75, greatest - least];
}

function shiftHoldMs(strokes: KeyStrokes): number {
  let [totalMs, count] = [0, 0];
  for (let i = 0; i < strokes.count; i += 1) {
    const holdMs = at(strokes.holdMs, i);
    if (strokes.role[i] !== ROLE.shift || Number.isNaN(holdMs)) continue;
    totalMs += holdMs;
    count += 1;
  }
  return totalMs / count;
}
