// A database of the agent's that has just been opened in; the same out, set up for a program that writes every second and runs for months.
import type { Database } from './driver.ts';

/**
 * The driver's own bound is 16 MB for each connection (SQLITE_DEFAULT_CACHE_SIZE=-16000), and pages that were read or written stay: so the agent
 * would grow by what its databases grow by, for weeks. The system keeps pages as well, and gives that memory to others when they need it.
 */
const PAGES_KEPT_KIB = 2000;

export function configure(db: Database): void {
  // Negative: KiB instead of pages (sqlite.org/pragma.html#pragma_cache_size).
  db.pragma(`cache_size = -${PAGES_KEPT_KIB}`);
  // Before the first table: an existing database would need a full VACUUM to change it.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  // A power cut may cost the last seconds, never the file (sqlite.org/pragma.html#pragma_synchronous); a crash costs nothing.
  db.pragma('synchronous = NORMAL');
  // Deleted means overwritten with zeros.
  db.pragma('secure_delete = ON');
}
