// The size of the data folder over the days that it was measured enters, with the limit and the days that the history is kept; where it is going
// leaves, in numbers and a sentence. Pure.
import type { StorageForecast } from '../../../src-preload/contract.ts';
import { fitLine } from '../monitor/robust-line.ts';

export interface ForecastInput {
  readonly nowMs: number;
  readonly usedMiB: number;
  readonly limitMiB: number;
  /** Oldest first. */
  readonly points: readonly (readonly [atMs: number, mib: number])[];
  /** For how many days the history is kept: older than that, as much goes as comes. */
  readonly historyDays: number;
}

const DAY_MS = 86_400_000;
/** Growth of less than a day says more of the hour than of the day. */
const LEAST_DAYS = 1;
/** What was measured longer ago says little of how the machine is used now. */
const LOOK_BACK_DAYS = 7;
/** Slower than this it stands still: 4 MiB a year. */
const STILL_MIB = 0.01;

export function forecastStorage({ nowMs, usedMiB, limitMiB, points, historyDays }: ForecastInput): StorageForecast {
  const first = points[0]?.[0] ?? nowMs;
  const ageDays = (nowMs - first) / DAY_MS;
  const recent = points.filter(([atMs]) => atMs >= nowMs - LOOK_BACK_DAYS * DAY_MS);
  const measuredDays = Math.max(0, (nowMs - (recent[0]?.[0] ?? nowMs)) / DAY_MS);
  const line =
    measuredDays < LEAST_DAYS
      ? null
      : fitLine(
          Float64Array.from(recent, ([atMs]) => (atMs - nowMs) / DAY_MS),
          Float64Array.from(recent, ([, mib]) => mib),
        );
  const unknown = { growthMiBPerDay: null, measuredDays, steadyMiB: null, steadyMs: null, limitMs: null };
  if (usedMiB >= limitMiB) return { ...unknown, limitMs: nowMs, sentence: 'The limit is reached.' };
  if (line === null)
    return {
      ...unknown,
      sentence: `Not known yet: growth is measured over a day at least, and the first one is over in about ${hoursOf(LEAST_DAYS - measuredDays)}.`,
    };
  const growthMiBPerDay = line.slope;
  const toGoDays = Math.max(0, historyDays - ageDays);
  const daysToLimit = growthMiBPerDay < STILL_MIB ? Infinity : (limitMiB - usedMiB) / growthMiBPerDay;
  const known = { ...unknown, growthMiBPerDay };
  if (growthMiBPerDay < STILL_MIB)
    return {
      ...known,
      steadyMiB: usedMiB,
      steadyMs: nowMs,
      sentence: `It does not grow: it stays at about ${mib(usedMiB)}.`,
    };
  // With the whole history there, what still grows is something else, and goes on.
  if (toGoDays > 0 && daysToLimit > toGoDays) {
    const steadyMiB = usedMiB + growthMiBPerDay * toGoDays;
    const sentence = `Grows by ${mib(growthMiBPerDay)} a day until ${historyDays} days of history are there, in ${daysOf(toGoDays)}, and then stays at about ${mib(steadyMiB)}: the limit of ${mib(limitMiB)} is not reached.`;
    return { ...known, steadyMiB, steadyMs: nowMs + toGoDays * DAY_MS, sentence };
  }
  const sentence = `Grows by ${mib(growthMiBPerDay)} a day: the limit of ${mib(limitMiB)} is reached in ${daysOf(daysToLimit)}.`;
  return { ...known, limitMs: nowMs + daysToLimit * DAY_MS, sentence };
}

const mib = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} MiB`;
const daysOf = (days: number): string => (days < 1.5 ? 'about a day' : `about ${days.toFixed(0)} days`);
const hoursOf = (days: number): string => `${(24 * days).toFixed(0)} h`;
