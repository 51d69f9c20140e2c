// The wall clock enters each time that old things are to go; the present by which they are judged leaves. A clock that jumps ahead must not
// take a month of history with it: what is believed of it advances by some hours at a time, and is kept across restarts.
import type { Database } from './driver.ts';
import { readMark, setMark } from './marks.ts';

/** @returns milliseconds since the epoch; null where the clock says nothing that could be believed. */
export type RetentionClock = (wallMs: number, historyDays: number) => number | null;

/** Upkeep comes once an hour, so a month without the computer is caught up with in five days of use, and a day in four hours. */
const ADVANCE_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
const US_PER_MS = 1000;

export function createRetentionClock(db: Database): RetentionClock {
  const newestUs = db.prepare<[], number | null>(
    'SELECT max(us) FROM (SELECT max(us) AS us FROM tick UNION ALL SELECT max(from_us) FROM chunk)',
  );
  newestUs.pluck();
  const believed = (): number | null => {
    const text = readMark(db, 'retention-clock');
    return text === null ? null : Number(text);
  };
  return (wallMs, historyDays) => {
    const before = believed();
    // A clock that is behind takes nothing, and nothing of what is known.
    const nowMs = before === null ? wallMs : Math.min(wallMs, before + ADVANCE_MS);
    const newest = newestUs.get() ?? null;
    if (before === null && newest !== null && newest / US_PER_MS < wallMs - historyDays * DAY_MS) {
      setMark(db, 'retention-clock', String(newest / US_PER_MS));
      return null;
    }
    if (before === null || nowMs > before) setMark(db, 'retention-clock', String(nowMs));
    return nowMs;
  };
}
