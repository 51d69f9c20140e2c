// Days and times as they are written on the command line in, moments out.
import { InvalidArgumentError, Option } from 'commander';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export const fromOption = (): Option =>
  new Option(
    '--from <when>',
    'from then on: a day as 2026-11-14, from its midnight, or a time as 2026-11-14T09:30',
  ).argParser((text) => momentOf(text, 'first'));

export const toOption = (): Option =>
  new Option('--to <when>', 'up to then: a day, all of it, or a time').argParser((text) => momentOf(text, 'last'));

/** By local time, as every other time on the terminal. @returns milliseconds since the epoch, the first or the last of a day. */
export function momentOf(text: string, end: 'first' | 'last'): number {
  const atMs = Date.parse(DAY.test(text) ? `${text}T00:00` : text);
  if (!Number.isFinite(atMs) || atMs < 0)
    throw new InvalidArgumentError('Write a day as 2026-11-14 or a time as 2026-11-14T09:30.');
  if (end === 'first' || !DAY.test(text)) return atMs;
  // The day after begins at midnight, however many hours this one has.
  const after = new Date(atMs + DAY_MS + DAY_MS / 2);
  return after.setHours(0, 0, 0, 0) - 1;
}
