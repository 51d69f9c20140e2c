// What enters: a database and the time. What leaves: the same, its complete hours rolled up, without what is too old to keep.
import type { LogEraser } from './audit-log/log-eraser.ts';
import type { Database } from './driver.ts';
import { FULL_KEEPING, type Keeping } from './keeping.ts';
import { createRetentionClock } from './retention-clock.ts';
import type { SeriesUpkeep } from './series/series-store.ts';
import type { Store } from './store.ts';

const HISTORY_DAYS = 30;
/** Of each modality and profile. A forest is trained on 4,000 vectors at most; more windows would only cost space. */
const WINDOWS_KEPT = 4_000;
/** Of the audit log: those of years; the bound keeps a session that flaps from growing without end. */
const LOG_ENTRIES = 20_000;
/** 2 MiB of 4 KiB pages at a time: a longer vacuum would hold up the agent. */
const PAGES_FREED_AT_ONCE = 512;

const DAY_MS = 86_400_000;
const US_PER_MS = 1_000;

/** @returns what prunes; by default the history is kept for 30 days, and the others as long. */
export function createRetention(db: Database, series: SeriesUpkeep, log: Pick<LogEraser, 'prune'>): Store['prune'] {
  // The inner query finds the oldest row to keep; with fewer rows it finds NULL, and a comparison with NULL deletes nothing.
  const oldWindows = db.prepare<[number, number, number, number, number]>(
    `DELETE FROM "window" WHERE modality = ? AND profile = ? AND (ts, id) <
       (SELECT ts, id FROM "window" WHERE modality = ? AND profile = ? ORDER BY ts DESC, id DESC LIMIT 1 OFFSET ?)`,
  );
  const taught = db.prepare<[], { readonly modality: number; readonly profile: number }>(
    'SELECT DISTINCT modality, profile FROM "window"',
  );
  const oldVerdicts = db.prepare<[number]>('DELETE FROM verdict WHERE at_ms < ?');
  const clock = createRetentionClock(db);
  const drop = db.transaction(
    (wallMs: number, historyDays: number, machineDays: number, logDays: number, keeping: Keeping) => {
      const nowMs = clock(wallMs, Math.max(historyDays, machineDays, logDays));
      if (nowMs === null) return;
      series.drop(nowMs * US_PER_MS, wallMs * US_PER_MS, { historyDays, machineDays }, keeping);
      for (const { modality, profile } of taught.all())
        oldWindows.run(modality, profile, modality, profile, WINDOWS_KEPT - 1);
      log.prune(nowMs - logDays * DAY_MS, LOG_ENTRIES);
      // On decisions, which are in the log.
      oldVerdicts.run(nowMs - logDays * DAY_MS);
    },
  );

  return (
    nowMs,
    historyDays = HISTORY_DAYS,
    machineDays = historyDays,
    logDays = historyDays,
    keeping = FULL_KEEPING,
  ) => {
    series.rollUp(nowMs * US_PER_MS);
    drop.immediate(nowMs, historyDays, machineDays, logDays, keeping);
    db.pragma(`incremental_vacuum(${PAGES_FREED_AT_ONCE})`);
  };
}
