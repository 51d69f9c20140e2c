// What enters: an open, migrated database. What leaves: the Store of store.ts on it.
// Writes wait in memory until `flush`; every read flushes first, so it sees all that was added.
import { statSync } from 'node:fs';
import type { Database } from './driver.ts';
import { createRetention } from './retention.ts';
import {
  decisionOf,
  decisionRow,
  modalityCode,
  modelOf,
  modelRow,
  scoreOf,
  scoreRow,
  trustRow,
  windowOf,
  windowRow,
} from './rows.ts';
import type { Cell, DecisionRow, ModelRow, Row, ScoreRow, WindowRow } from './rows.ts';
import { StoreError, storeError } from './store-error.ts';
import type { Store } from './store.ts';
import { createTrustHistory } from './trust-history.ts';
import { createWriteQueue } from './write-queue.ts';
import type { WriteStatement } from './write-queue.ts';

function prepareWrites(db: Database) {
  return {
    window: db.prepare<Cell[]>(
      'INSERT INTO "window" (modality, ts, events, new_events, vector) VALUES (?, ?, ?, ?, ?)',
    ),
    score: db.prepare<Cell[]>('INSERT OR REPLACE INTO score (ts, modality, raw, llr, points) VALUES (?, ?, ?, ?, ?)'),
    trust: db.prepare<Cell[]>('INSERT OR REPLACE INTO trust (at_ms, trust, low, high, state) VALUES (?, ?, ?, ?, ?)'),
    decision: db.prepare<Cell[]>(
      'INSERT INTO decision (at_ms, from_state, to_state, trust, points, reason) VALUES (?, ?, ?, ?, ?, ?)',
    ),
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
    decisions: db.prepare<[number], DecisionRow>('SELECT * FROM decision ORDER BY at_ms DESC, id DESC LIMIT ?'),
    // With max(), SQLite takes the other columns from the row of the maximum (lang_select.html, "bare columns").
    models: db.prepare<[], ModelRow>(
      `SELECT name, max(version) AS version, modality, created_ms, file, sha256, card FROM model GROUP BY name`,
    ),
    meta: db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck(),
  };
}

/**
 * @param path the file of the database, null for one in memory.
 * @throws StoreError from every function where the file can't be read or written, and after `close`.
 */
export function createSqliteStore(db: Database, path: string | null): Store {
  const where = path ?? 'The database in memory';
  const write = prepareWrites(db);
  const read = prepareReads(db);
  const prune = createRetention(db);
  const queue = createWriteQueue(db, where);

  const mustBeOpen = (): void => {
    if (!db.open) throw new StoreError('failed', `${where} is closed.`);
  };
  const add = (statement: WriteStatement, row: Row): void => {
    mustBeOpen();
    queue.add(statement, row);
  };
  const guard = <T>(work: () => T): T => {
    mustBeOpen();
    try {
      return work();
    } catch (error) {
      throw storeError(error, where);
    }
  };
  const afterFlush = <T>(work: () => T): T =>
    guard(() => {
      queue.flush();
      return work();
    });

  return {
    addWindow: (window) => add(write.window, windowRow(window)),
    windows: (modality, limit) => afterFlush(() => read.windows.all(modalityCode(modality), limit).map(windowOf)),
    // Written at once: what somebody asked to forget must not come back after a crash.
    clearWindows: (modality) => {
      add(write.forgetWindows, [modalityCode(modality)]);
      guard(queue.flush);
    },
    clearModels: (modality) => {
      add(write.forgetModels, [modalityCode(modality)]);
      guard(queue.flush);
    },
    addScore: (score) => add(write.score, scoreRow(score)),
    scores: (fromUs, toUs) => afterFlush(() => read.scores.all(fromUs, toUs).map(scoreOf)),
    addTrust: (point) => add(write.trust, trustRow(point)),
    trust: (fromMs, toMs, maxPoints) => afterFlush(() => read.trust(fromMs, toMs, maxPoints)),
    addDecision: (decision) => add(write.decision, decisionRow(decision)),
    decisions: (limit) => afterFlush(() => read.decisions.all(limit).map(decisionOf)),
    addModel: (model) => add(write.model, modelRow(model)),
    models: () => afterFlush(() => read.models.all().map(modelOf)),
    get: (key) => afterFlush(() => read.meta.get(key) ?? null),
    set: (key, value) => add(write.meta, [key, value]),
    flush: () => guard(queue.flush),
    prune: (nowMs) => afterFlush(() => prune(nowMs)),
    sizeBytes: () => guard(() => (path === null ? pageBytes(db) : fileBytes(path))),
    close: () => {
      if (!db.open) return;
      try {
        guard(queue.flush);
      } finally {
        db.close();
      }
    },
  };
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
