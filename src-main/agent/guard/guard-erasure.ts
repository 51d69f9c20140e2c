// A span of time enters; the guard's database without the incidents that were under way in it leaves, and without their alerts, their lines
// and what was archived of them. Without a span, also without what it has learned of the users and of the machine. How far the logs
// were read stays: else they would be read again, and everything found once more.
import type { Cipher } from '../store/cipher.ts';
import type { Database } from '../store/driver.ts';
import { StoreError, storeError } from '../store/store-error.ts';
import type { GuardErased } from './guard-records.ts';

const UNSCRUBBED = 'unscrubbed';
const SEALED_MARK = ['guard.meta', UNSCRUBBED] as const;

/** Milliseconds since the epoch, both ends included; infinite for a span without an end. */
export function createGuardErasure(db: Database, cipher: Cipher): (fromMs: number, toMs: number) => GuardErased {
  const under = 'last_ms >= ? AND first_ms <= ?';
  const count = db.prepare<[number, number], number>(`SELECT count(*) FROM incident WHERE ${under}`).pluck();
  const dropAlerts = db.prepare<[number, number, number, number]>(
    `DELETE FROM alert WHERE at_ms BETWEEN ? AND ? OR incident IN (SELECT id FROM incident WHERE ${under})`,
  );
  const dropIncidents = db.prepare<[number, number]>(`DELETE FROM incident WHERE ${under}`);
  const dropArchive = db.prepare<[number, number]>('DELETE FROM archive WHERE at_ms BETWEEN ? AND ?');
  const dropLearned = ['DELETE FROM habit', 'DELETE FROM vector', "DELETE FROM meta WHERE key <> 'key-check'"].map(
    (sql) => db.prepare(sql),
  );
  const mark = db.prepare<[string, Buffer]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');

  const erase = db.transaction((fromMs: number, toMs: number) => {
    const incidents = count.get(fromMs, toMs) ?? 0;
    const alerts = dropAlerts.run(fromMs, toMs, fromMs, toMs).changes;
    dropIncidents.run(fromMs, toMs);
    const archived = dropArchive.run(fromMs, toMs).changes;
    if (fromMs === -Infinity && toMs === Infinity) for (const drop of dropLearned) drop.run();
    mark.run(UNSCRUBBED, cipher.seal(Buffer.alloc(0), SEALED_MARK));
    return { incidents, alerts: alerts + archived };
  });

  return (fromMs, toMs) => {
    const gone = erase.immediate(fromMs, toMs);
    try {
      return {
        ...gone,
        unfinished: scrubGuard(db) ? null : 'Another program was reading the database of the log guard.',
      };
    } catch (error) {
      const failure = storeError(error, db.name);
      if (!(failure instanceof StoreError) || failure.kind === 'damaged') throw failure;
      return { ...gone, unfinished: failure.message };
    }
  };
}

/** Writes every page anew and empties the log, where something was erased and that is still to be done. @returns whether it is done now. */
export function scrubGuard(db: Database): boolean {
  if (db.prepare('SELECT 1 FROM meta WHERE key = ?').get(UNSCRUBBED) === undefined) return true;
  db.exec('VACUUM');
  if (db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0) return false;
  db.prepare('DELETE FROM meta WHERE key = ?').run(UNSCRUBBED);
  db.pragma('wal_checkpoint(TRUNCATE)');
  return true;
}
