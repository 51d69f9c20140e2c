// The time axis of a chart. In: a stretch of time. Out: its ends, ticks at full steps of the local clock, and how to write them.
import { clockTime, dayAndMonth, weekdayAndDay } from './format.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface TimeAxis {
  readonly domain: readonly [fromMs: number, toMs: number];
  readonly ticks: readonly number[];
  readonly tickText: (atMs: number) => string;
}

interface Step {
  /** The longest stretch that takes this step. */
  readonly upToMs: number;
  readonly unit: 'minute' | 'hour' | 'day';
  readonly every: number;
  readonly text: (atMs: number) => string;
}

const LAST_STEP: Step = { upToMs: Infinity, unit: 'day', every: 5, text: dayAndMonth };
const STEPS: readonly Step[] = [
  { upToMs: 30 * MINUTE_MS, unit: 'minute', every: 5, text: clockTime },
  { upToMs: 60 * MINUTE_MS, unit: 'minute', every: 10, text: clockTime },
  { upToMs: DAY_MS, unit: 'hour', every: 3, text: clockTime },
  { upToMs: 7 * DAY_MS, unit: 'day', every: 1, text: weekdayAndDay },
];

/** The local days since the epoch, so that every fifth day is the same one wherever the axis begins. */
const dayNumber = (date: Date): number =>
  Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);

/** The full step of the local clock before or at a moment, `steps` steps on. Days of 23 and 25 hours included. */
function fullStep(atMs: number, { unit, every }: Step, steps: number): number {
  const date = new Date(atMs);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  switch (unit) {
    case 'minute': {
      const minute = Math.floor(date.getMinutes() / every) * every;
      return new Date(year, month, day, date.getHours(), minute).getTime() + steps * every * MINUTE_MS;
    }
    case 'hour':
      return new Date(year, month, day, Math.floor(date.getHours() / every) * every + steps * every).getTime();
    case 'day':
      return new Date(year, month, day - (dayNumber(date) % every) + steps * every).getTime();
  }
}

/** For a chart of a third of the width. */
export const SPARSE_STEPS: readonly Step[] = [
  { upToMs: 5 * MINUTE_MS, unit: 'minute', every: 2, text: clockTime },
  { upToMs: 15 * MINUTE_MS, unit: 'minute', every: 5, text: clockTime },
  { upToMs: 90 * MINUTE_MS, unit: 'minute', every: 20, text: clockTime },
  { upToMs: 240 * MINUTE_MS, unit: 'hour', every: 1, text: clockTime },
  { upToMs: 36 * 60 * MINUTE_MS, unit: 'hour', every: 6, text: clockTime },
  { upToMs: 11 * DAY_MS, unit: 'day', every: 2, text: weekdayAndDay },
  { upToMs: Infinity, unit: 'day', every: 10, text: dayAndMonth },
];

/** @param endMs later than `startMs` */
export function timeAxis(startMs: number, endMs: number, steps = STEPS): TimeAxis {
  const step = steps.find(({ upToMs }) => endMs - startMs <= upToMs) ?? LAST_STEP;
  const ticks: number[] = [];
  for (let ahead = 0; ; ahead += 1) {
    const tickMs = fullStep(startMs, step, ahead);
    if (tickMs > endMs) break;
    if (tickMs >= startMs) ticks.push(tickMs);
  }
  return { domain: [startMs, endMs], ticks, tickText: step.text };
}

/** The right end of a live axis, in steps of a bucket but of a minute at most, so that the chart is not drawn anew at every push. */
export function axisEndMs(newestMs: number, bucketMs: number): number {
  const stepMs = Math.min(bucketMs, MINUTE_MS);
  return Math.ceil(newestMs / stepMs) * stepMs;
}
