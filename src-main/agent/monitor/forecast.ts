// A window of points and a limit enter, when the limit will be reached leaves, with its uncertainty: or nothing, where the past of this
// very window would not have been foretold.
import type { Forecast } from '../../../src-preload/contract.ts';
import type { MetricLimit } from './metric-limits.ts';
import { fitLine } from './robust-line.ts';
import type { SeriesWindow } from './series-block.ts';

/** Further ahead than this many times what was seen nobody should look. */
const HORIZON = 3;
/** The last third is foretold from the two before it. */
const LEARN_SHARE = 2 / 3;
/** Of what was foretold to be added: missing it by more is no forecast. */
const WORST_MISS = 0.5;
const LEAST_POINTS = 30;
const PARTS = 12;
/** 97.5 % of Student's t with 11 degrees of freedom. */
const STUDENT_11 = 2.201;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** @param window times in milliseconds. @param nowMs by the same clock. */
export function forecastOf({ times, values }: SeriesWindow, about: MetricLimit, nowMs: number): Forecast | null {
  if (values.length < LEAST_POINTS) return null;
  const seconds = times.map((atMs) => (atMs - nowMs) / 1000);
  const line = fitLine(seconds, values);
  const miss = line === null ? null : missOf(seconds, values);
  if (line === null || miss === null) return null;
  const distance = about.limit - line.at(0);
  const sign = about.towards === 'up' ? 1 : -1;
  const [slow, fast] = sign > 0 ? [line.slopeLow, line.slopeHigh] : [line.slopeHigh, line.slopeLow];
  // Not sure that it moves at all, not towards the limit, or there already.
  if (slow * sign <= 0 || distance * sign <= 0) return null;
  const inSeconds = distance / line.slope;
  if (inSeconds > HORIZON * -(seconds[0] ?? 0)) return null;
  const ofSlope = (distance / slow - distance / fast) / 2;
  const plusMinusSeconds = Math.max(ofSlope, miss * inSeconds, wanderS(seconds, values, inSeconds, line.slope));
  const sentence = `${about.about} will be ${about.name} in ${durationWords(inSeconds, plusMinusSeconds)}.`;
  return { limit: about.limit, limitName: about.name, inSeconds, plusMinusSeconds, sentence };
}

/** By how much the last third was missed, as a share of what was foretold for it; null when that is no forecast. */
function missOf(seconds: Float64Array, values: Float64Array): number | null {
  const cut = Math.floor(values.length * LEARN_SHARE);
  const line = fitLine(seconds.subarray(0, cut), values.subarray(0, cut));
  const rest = fitLine(seconds.subarray(cut), values.subarray(cut));
  const [from, to] = [seconds[cut - 1], seconds.at(-1)];
  if (line === null || rest === null || from === undefined || to === undefined) return null;
  const foretold = line.slope * (to - from);
  const miss = Math.abs((rest.at(to) - line.at(to)) / foretold);
  return miss <= WORST_MISS ? miss : null;
}

/**
 * What fills up by chance, now more and now less, wanders off the line the further the longer: by what it added in each of twelve parts of
 * the window, beside what the line says, 95 % of where it may be when the line arrives, in seconds. The error of the slope grows with the time, the wandering with
 * its square root.
 */
function wanderS(seconds: Float64Array, values: Float64Array, inSeconds: number, slope: number): number {
  const ends = Array.from({ length: PARTS + 1 }, (_, part) => Math.round((part * (values.length - 1)) / PARTS));
  const beyond = ends.slice(1).map((end, part) => {
    const start = ends[part] as number;
    const expected = slope * ((seconds[end] as number) - (seconds[start] as number));
    return (values[end] as number) - (values[start] as number) - expected;
  });
  const variance = beyond.reduce((sum, x) => sum + x ** 2, 0) / (PARTS - 1);
  const partS = ((seconds.at(-1) ?? 0) - (seconds[0] ?? 0)) / PARTS;
  const ahead = inSeconds / partS;
  return (STUDENT_11 * Math.sqrt(variance * (ahead ** 2 / PARTS + ahead))) / Math.abs(slope);
}

/** `9 days ± 2`, `40 minutes ± 5`. */
function durationWords(seconds: number, plusMinus: number): string {
  const [unit, word] =
    seconds >= 2 * DAY_S ? [DAY_S, 'day'] : seconds >= 2 * HOUR_S ? [HOUR_S, 'hour'] : [MINUTE_S, 'minute'];
  const count = Math.max(1, Math.round(seconds / unit));
  const off = Math.max(1, Math.ceil(plusMinus / unit));
  return `${count} ${word}${count === 1 ? '' : 's'} ± ${off}`;
}
