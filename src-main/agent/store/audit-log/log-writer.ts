// An open database in; a statement out that writes an entry at the end of the audit log, chained to the one before it, and moves the
// sealed end along. It runs inside the transaction of whoever calls it, so that entry and end are written together or not at all.
import type { Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import type { WriteStatement } from '../write-queue.ts';
import { linkHash, NO_HASH, sha256 } from './link.ts';
import { createHeadPlace, type LogHead } from './log-head.ts';
import { bodyContext, type EntryRow } from './log-rows.ts';
import { vouch } from './vouch.ts';

/** @returns a statement that takes an UnlinkedRow. */
export function createLogWriter(db: Database, cipher: Cipher): WriteStatement {
  const insert = db.prepare(
    'INSERT INTO entry (seq, at_ms, kind, digest, prev, hash, code, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const newest = db.prepare<[], Pick<EntryRow, 'seq' | 'hash'>>(
    'SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1',
  );
  const oldest = db.prepare<[], number | null>('SELECT min(seq) FROM entry').pluck();
  const place = createHeadPlace(db, cipher);

  /**
   * Without its sealed end nobody knows what the log may have lost: the number that is left out says so for good. And what was put in
   * behind the end must not stop what comes.
   */
  function end(): LogHead {
    const head = place.read();
    const last = newest.get();
    if (head !== 'lost' && (last === undefined || last.seq <= head.last)) return head;
    return { first: oldest.get() ?? 1, last: (last?.seq ?? 0) + 1, hash: last?.hash ?? NO_HASH };
  }

  return {
    run: (atMs, kind, plain) => {
      const { first, last, hash: prev } = end();
      const seq = last + 1;
      const [at_ms, name] = [Number(atMs), String(kind)];
      const body = cipher.seal(plain as Buffer, bodyContext(seq, at_ms, name));
      const digest = sha256(body);
      const hash = linkHash({ seq, prev, at_ms, kind: name, digest });
      insert.run(seq, at_ms, name, digest, prev, hash, vouch(cipher, hash, 'kept'), body);
      place.write({ first, last: seq, hash });
    },
  };
}
