// What one opening of the database has to tell the next one: a name and a few words, in plain, for they are read before the key
// is known to fit.
import type { Database } from './driver.ts';

/**
 * unscrubbed: pages may still hold what an earlier format kept in plain, or what was erased. damaged: what was found to be wrong while it was in use.
 * retention-clock: milliseconds since the epoch up to which the clock is believed.
 */
export type Mark = 'unscrubbed' | 'damaged' | 'retention-clock';

/** @returns the words of the mark; null where there is none. */
export function readMark(db: Database, mark: Mark): string | null {
  return db.prepare<[string], string>('SELECT text FROM mark WHERE name = ?').pluck().get(mark) ?? null;
}

export function setMark(db: Database, mark: Mark, text: string): void {
  db.prepare('INSERT OR REPLACE INTO mark (name, text) VALUES (?, ?)').run(mark, text);
}

export function clearMark(db: Database, mark: Mark): void {
  db.prepare('DELETE FROM mark WHERE name = ?').run(mark);
}
