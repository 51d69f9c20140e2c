// What enters: an open, migrated database and the cipher of its key. What leaves: the Store of store.ts on it.
// Writes wait in memory until `flush`; every read flushes first, so it sees all that was added.
import { statSync } from 'node:fs';
import type { Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { setMark } from './marks.ts';
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
  modelOf,
  modelRow,
  windowOf,
  windowRow,
} from './sealed-rows.ts';
import type { AuditRow, DecisionRow, ModelRow, WindowRow } from './sealed-rows.ts';
import { StoreError, storeError } from './store-error.ts';
import type { Store } from './store.ts';
import { createTrustHistory } from './trust-history.ts';
import { createWriteQueue } from './write-queue.ts';
import type { WriteStatement } from './write-queue.ts';
import { messageOf } from '../thrown.ts';

function prepareWrites(db: Database) {
  return {
    window: db.prepare<Cell[]>(
      'INSERT INTO "window" (modality, ts, events, new_events, vector) VALUES (?, ?, ?, ?, ?)',
    ),
    score: db.prepare<Cell[]>('INSERT OR REPLACE INTO score (ts, modality, raw, llr, points) VALUES (?, ?, ?, ?, ?)'),
    trust: db.prepare<Cell[]>('INSERT OR REPLACE INTO trust (at_ms, trust, low, high, state) VALUES (?, ?, ?, ?, ?)'),
    decision: db.prepare<Cell[]>(
      'INSERT INTO decision (at_ms, from_state, to_state, trust, body) VALUES (?, ?, ?, ?, ?)',
    ),
    audit: db.prepare<Cell[]>('INSERT INTO audit (at_ms, kind, text) VALUES (?, ?, ?)'),
    model: db.prepare<Cell[]>(
      `INSERT OR REPLACE INTO model (name, version, modality, created_ms, file, sha256, card) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    meta: db.prepare<Cell[]>('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'),
    forgetWindows: db.prepare<Cell[]>('DELETE FROM "window" WHERE modality = ?'),
    forgetModels: db.prepare<Cell[]>('DELETE FROM model WHERE modality = ?'),
  };
}

function prepareReads(db: Database) {
  return {
    windows: db.prepare<[number, number], WindowRow>(
      'SELECT * FROM (SELECT * FROM "window" WHERE modality = ? ORDER BY ts DESC, id DESC LIMIT ?) ORDER BY ts, id',
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
    // With max(), SQLite takes the other columns from the row of the maximum (lang_select.html, "bare columns").
    models: db.prepare<[], ModelRow>(
      `SELECT name, max(version) AS version, modality, created_ms, file, sha256, card FROM model GROUP BY name`,
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
  const { add, flush, guard, afterFlush, isOpen } = createAccess(db, path ?? 'The database in memory');
  // Written at once: what somebody asked to forget must not come back after a crash.
  const forget = (statement: WriteStatement, code: number): void => {
    add(statement, [code]);
    flush();
  };
  const fact = (key: string): string | null => {
    const value = read.meta.get(key);
    return value === undefined ? null : factOf(cipher, key, value);
  };

  return {
    addWindow: (window) => add(write.window, windowRow(cipher, window)),
    windows: (modality, limit) =>
      afterFlush(() => read.windows.all(modalityCode(modality), limit).map((row) => windowOf(cipher, row))),
    clearWindows: (modality) => forget(write.forgetWindows, modalityCode(modality)),
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
    addModel: (model) => add(write.model, modelRow(cipher, model)),
    clearModels: (modality) => forget(write.forgetModels, modalityCode(modality)),
    models: () => afterFlush(() => read.models.all().map((row) => modelOf(cipher, row))),
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
