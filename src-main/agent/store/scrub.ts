// What enters: a database that has just been sealed, or out of which something was erased. What leaves: the same without the bytes that
// the old rows left behind.
import type { Database } from './driver.ts';
import { clearMark, readMark } from './marks.ts';

/**
 * Rewrites every page, for `secure_delete` clears deleted cells but not the gaps that moved ones leave, and empties the write-ahead
 * log. Does nothing where there is nothing to do; what is interrupted is done by the next opening.
 */
export function scrub(db: Database): void {
  if (readMark(db, 'unscrubbed') === null) return;
  db.exec('VACUUM');
  if (!emptiesLog(db)) return;
  clearMark(db, 'unscrubbed');
  // The mark's own page, so that the log is as empty as it is said to be.
  emptiesLog(db);
}

/** Not while somebody else still reads the log. */
const emptiesLog = (db: Database): boolean => db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
