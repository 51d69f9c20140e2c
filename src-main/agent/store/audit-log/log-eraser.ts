// An open database in; the ways in which entries of the audit log leave it out. What an entry said goes, its hash stays with a code that
// says so: the chain can still be followed, and an entry that somebody else has emptied is told from one that its owner has.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import { createHeadPlace } from './log-head.ts';
import type { EntryRow, LogKind } from './log-rows.ts';
import { vouch } from './vouch.ts';

export interface ErasedRange {
  /** Milliseconds since the epoch, both included; all of the log where they are left out. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** All where left out, but for the entries that say what was deleted: those stay until they are too old. */
  readonly kinds?: readonly LogKind[];
}

export interface LogEraser {
  /** @returns how many entries were erased. Within the transaction of the caller. */
  readonly erase: (range: ErasedRange) => number;
  /** Erases what is older than `fromMs` or not among the newest `most`, and drops the links at the beginning that hold nothing any more. */
  readonly prune: (fromMs: number, most: number) => void;
}

export function createLogEraser(db: Database, cipher: Cipher): LogEraser {
  const kept = db.prepare<[number, number], Pick<EntryRow, 'seq' | 'hash' | 'kind'>>(
    'SELECT seq, hash, kind FROM entry WHERE body IS NOT NULL AND at_ms BETWEEN ? AND ? ORDER BY seq',
  );
  const tooMany = db.prepare<[number, number], Pick<EntryRow, 'seq' | 'hash'>>(
    'SELECT seq, hash FROM entry WHERE body IS NOT NULL AND (at_ms < ? OR seq <= (SELECT max(seq) FROM entry) - ?) ORDER BY seq',
  );
  const empty = db.prepare('UPDATE entry SET body = NULL, code = ? WHERE seq = ?');
  const firstFull = db.prepare<[], number | null>('SELECT min(seq) FROM entry WHERE body IS NOT NULL').pluck();
  const newest = db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck();
  const drop = db.prepare('DELETE FROM entry WHERE seq < ?');
  const place = createHeadPlace(db, cipher);

  const eraseRow = ({ seq, hash }: Pick<EntryRow, 'seq' | 'hash'>): void =>
    void empty.run(vouch(cipher, hash, 'erased'), seq);

  return {
    erase: ({ fromMs = -Infinity, toMs = Infinity, kinds }) => {
      const wanted = (kind: LogKind): boolean => (kinds === undefined ? kind !== 'deletion' : kinds.includes(kind));
      const rows = kept.all(fromMs, toMs).filter(({ kind }) => wanted(kind));
      for (const row of rows) eraseRow(row);
      return rows.length;
    },
    prune: (fromMs, most) => {
      for (const row of tooMany.all(fromMs, most)) eraseRow(row);
      const head = place.read();
      // The last empty link stays: its hash is what the first full one goes on from.
      const first = (firstFull.get() ?? (newest.get() ?? 0) + 1) - 1;
      if (head === 'lost' || first <= head.first) return;
      drop.run(first);
      place.write({ ...head, first });
    },
  };
}
