// A database in; its audit log as the verification reads it out.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { createHeadPlace } from './log-head.ts';
import type { EntryRow } from './log-rows.ts';
import type { LogReader } from './verify.ts';

/** @param cipher null: without the key, and so without the sealed end. */
export function createLogReader(db: Database, cipher: Cipher | null): LogReader {
  const after = db.prepare<[number, number], EntryRow>('SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT ?');
  const numbers = db.prepare<[], number>('SELECT seq FROM entry ORDER BY seq').pluck();
  return {
    head: () => (cipher === null ? 'lost' : createHeadPlace(db, cipher).read()),
    after: (seq, limit) => after.all(seq, limit),
    numbers: () => numbers.all(),
  };
}
