// What enters: an open, migrated database and the cipher of its key. What leaves: the Store of store.ts on it.
// Writes wait in memory until `flush`; every read flushes first, so it sees all that was added.
import { statSync } from 'node:fs';
import type { Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { setMark } from './marks.ts';
import { createModelShelf } from './model-shelf.ts';
import { createRetention } from './retention.ts';
import { modalityCode, scoreOf, scoreRow, trustRow } from './rows.ts';
import type { Cell, Row, ScoreRow } from './rows.ts';
import {
  auditOf,
  auditRow,
  decisionOf,
  decisionRow,
  factOf,
  factRow,
  verdictOf,
  verdictRow,
  windowOf,
  windowRow,
} from './sealed-rows.ts';
import type { AuditRow, DecisionRow, WindowRow } from './sealed-rows.ts';
import { StoreError, storeError } from './store-error.ts';
import type { Store } from './store.ts';
import { createTrustHistory } from './trust-history.ts';
import { createWriteQueue } from './write-queue.ts';
import type { WriteStatement } from './write-queue.ts';
import { messageOf } from '../thrown.ts';

function prepareWrites(db: Database) {
  return {
    window: db.prepare<Cell[]>(
      'INSERT INTO "window" (modality, profile, ts, events, new_events, vector) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    score: db.prepare<Cell[]>('INSERT OR REPLACE INTO score (ts, modality, raw, llr, points) VALUES (?, ?, ?, ?, ?)'),
    trust: db.prepare<Cell[]>('INSERT OR REPLACE INTO trust (at_ms, trust, low, high, state) VALUES (?, ?, ?, ?, ?)'),
    decision: db.prepare<Cell[]>(
      'INSERT INTO decision (at_ms, from_state, to_state, trust, body) VALUES (?, ?, ?, ?, ?)',
    ),
    audit: db.prepare<Cell[]>('INSERT INTO audit (at_ms, kind, text) VALUES (?, ?, ?)'),
    verdict: db.prepare<Cell[]>('INSERT OR REPLACE INTO verdict (at_ms, verdict) VALUES (?, ?)'),
    meta: db.prepare<Cell[]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'),
    forgetWindows: db.prepare<Cell[]>('DELETE FROM "window" WHERE modality = ?'),
    forgetWindowsOf: db.prepare<Cell[]>('DELETE FROM "window" WHERE modality = ? AND profile = ?'),
  };
}

function prepareReads(db: Database) {
  return {
    windows: db.prepare<[number, number], WindowRow>(
      'SELECT * FROM (SELECT * FROM "window" WHERE modality = ? ORDER BY ts DESC, id DESC LIMIT ?) ORDER BY ts, id',
    ),
    windowsOf: db.prepare<[number, number, number], WindowRow>(
      'SELECT * FROM (SELECT * FROM "window" WHERE modality = ? AND profile = ? ORDER BY ts DESC, id DESC LIMIT ?) ORDER BY ts, id',
    ),
    scores: db.prepare<[number, number], ScoreRow>(
      'SELECT * FROM score WHERE ts BETWEEN ? AND ? ORDER BY ts, modality',
    ),
    trust: createTrustHistory(db),
    decisions: db.prepare<[number, number, number], DecisionRow>(
      'SELECT * FROM decision WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms DESC, id DESC LIMIT ?',
    ),
    audit: db.prepare<[number, number, number], AuditRow>(
      'SELECT * FROM audit WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms DESC, id DESC LIMIT ?',
    ),
    verdicts: db.prepare<[number], { readonly at_ms: number; readonly verdict: Buffer }>(
      'SELECT at_ms, verdict FROM verdict WHERE at_ms >= ? ORDER BY at_ms',
    ),
    meta: db.prepare<[string], Buffer>('SELECT value FROM meta WHERE key = ?').pluck(),
  };
}

/**
 * @param path the file of the database, null for one in memory.
 * @throws StoreError from every function where the file can't be read or written, and after `close`.
 */
export function createSqliteStore(db: Database, path: string | null, cipher: Cipher): Store {
  const write = prepareWrites(db);
  const read = prepareReads(db);
  const prune = createRetention(db);
  const access = createAccess(db, path ?? 'The database in memory');
  const { add, flush, guard, afterFlush, isOpen } = access;
  const fact = (key: string): string | null => {
    const value = read.meta.get(key);
    return value === undefined ? null : factOf(cipher, key, value);
  };

  return {
    addWindow: (window) => add(write.window, windowRow(cipher, window)),
    windows: (modality, limit, profile) =>
      afterFlush(() => {
        const code = modalityCode(modality);
        const rows = profile === undefined ? read.windows.all(code, limit) : read.windowsOf.all(code, profile, limit);
        return rows.map((row) => windowOf(cipher, row));
      }),
    clearWindows: (modality, profile) => {
      const code = modalityCode(modality);
      if (profile === undefined) add(write.forgetWindows, [code]);
      else add(write.forgetWindowsOf, [code, profile]);
      // At once: what somebody asked to forget must not come back after a crash.
      flush();
    },
    addScore: (score) => add(write.score, scoreRow(score)),
    scores: (fromUs, toUs) => afterFlush(() => read.scores.all(fromUs, toUs).map(scoreOf)),
    addTrust: (point) => add(write.trust, trustRow(point)),
    trust: (fromMs, toMs, maxPoints) => afterFlush(() => read.trust(fromMs, toMs, maxPoints)),
    addDecision: (decision) => add(write.decision, decisionRow(cipher, decision)),
    decisions: (limit, fromMs = -Infinity, toMs = Infinity) =>
      afterFlush(() => read.decisions.all(fromMs, toMs, limit).map((row) => decisionOf(cipher, row))),
    addAudit: (entry) => add(write.audit, auditRow(cipher, entry)),
    audit: (limit, fromMs = -Infinity, toMs = Infinity) =>
      afterFlush(() => read.audit.all(fromMs, toMs, limit).map((row) => auditOf(cipher, row))),
    addVerdict: (atMs, verdict) => add(write.verdict, verdictRow(cipher, atMs, verdict)),
    verdicts: (fromMs) =>
      afterFlush(() => new Map(read.verdicts.all(fromMs).map((row) => [row.at_ms, verdictOf(cipher, row)]))),
    ...createModelShelf(db, cipher, access),
    get: (key) => afterFlush(() => fact(key)),
    set: (key, value) => add(write.meta, factRow(cipher, key, value)),
    flush,
    prune: (nowMs, historyDays) => afterFlush(() => prune(nowMs, historyDays)),
    sizeBytes: () => guard(() => (path === null ? pageBytes(db) : fileBytes(path))),
    close: () => {
      if (!isOpen()) return;
      try {
        flush();
      } finally {
        db.close();
      }
    },
  };
}

/** The queue of a database, and the errors of both as StoreErrors. */
function createAccess(db: Database, where: string) {
  const queue = createWriteQueue(db, where);
  const mustBeOpen = (): void => {
    if (!db.open) throw new StoreError('failed', `${where} is closed.`);
  };
  const guard = <T>(work: () => T): T => {
    mustBeOpen();
    try {
      return work();
    } catch (error) {
      const failure = storeError(error, where);
      // Found in use, and so by no check at the opening: the next one has to be told.
      if (failure.kind === 'damaged') leaveWord(db, messageOf(error));
      throw failure;
    }
  };
  return {
    isOpen: (): boolean => db.open,
    add: (statement: WriteStatement, row: Row): void => {
      mustBeOpen();
      queue.add(statement, row);
    },
    guard,
    flush: (): void => guard(queue.flush),
    afterFlush: <T>(work: () => T): T =>
      guard(() => {
        flushIfRoom(queue.flush);
        return work();
      }),
  };
}

const READABLE: ReadonlySet<StoreError['kind']> = new Set<StoreError['kind']>(['full', 'read-only', 'denied']);

/** Where nothing can be written, what is there can still be read; what waits is only not among it. */
function flushIfRoom(flush: () => void): void {
  try {
    flush();
  } catch (error) {
    if (!(error instanceof StoreError) || !READABLE.has(error.kind)) throw error;
  }
}

/** @returns whether it could be left: a file too damaged for that fails the check of the next opening as well. */
function leaveWord(db: Database, why: string): boolean {
  try {
    setMark(db, 'damaged', why);
    return true;
  } catch {
    return false;
  }
}

function pageBytes(db: Database): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

/** The database with its write-ahead log and index; either may be absent. */
function fileBytes(path: string): number {
  const sizes = [path, `${path}-wal`, `${path}-shm`].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
