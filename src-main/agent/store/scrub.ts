// What enters: a database that has just been sealed. What leaves: the same without the plain bytes that the old rows left behind.
import type { Database } from './driver.ts';
import { clearMark, readMark } from './marks.ts';

/**
 * Rewrites every page, for `secure_delete` clears deleted cells but not the gaps that moved ones leave, and empties the write-ahead
 * log. Does nothing where there is nothing to do; what is interrupted is done by the next opening.
 */
export function scrub(db: Database): void {
  if (readMark(db, 'unscrubbed') === null) return;
  db.exec('VACUUM');
  // 1 while somebody else still reads the log.
  if (db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0) clearMark(db, 'unscrubbed');
}
