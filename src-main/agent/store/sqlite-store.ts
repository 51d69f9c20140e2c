// What enters: an open, migrated database and the cipher of its key. What leaves: the Store of store.ts on it.
// Writes wait in memory until `flush`; every read flushes first, so it sees all that was added.
import { statSync } from 'node:fs';
import type { Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { createModelShelf } from './model-shelf.ts';
import { createRetention } from './retention.ts';
import { modalityCode, scoreRow, trustRow } from './rows.ts';
import type { Cell } from './rows.ts';
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
import { createSeriesStore } from './series/series-store.ts';
import { createAccess } from './store-access.ts';
import type { Store } from './store.ts';
import { createTrustHistory } from './trust-history.ts';

function prepareWrites(db: Database) {
  return {
    window: db.prepare<Cell[]>(
      'INSERT INTO "window" (modality, profile, ts, events, new_events, vector) VALUES (?, ?, ?, ?, ?, ?)',
    ),
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
  const access = createAccess(db, path ?? 'The database in memory');
  const series = createSeriesStore(db, cipher, access);
  const history = createTrustHistory(series.upkeep.rows);
  const prune = createRetention(db, series.upkeep);
  const { add, flush, guard, afterFlush, isOpen } = access;
  const fact = (key: string): string | null => {
    const value = read.meta.get(key);
    return value === undefined ? null : factOf(cipher, key, value);
  };

  return {
    ...series.store,
    addWindow: (window) => {
      add(write.window, windowRow(cipher, window));
      const { ts, modality, events, newEvents } = window;
      series.store.addEvent(ts, { kind: 'feature', modality, events, newEvents });
    },
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
    addScore: (score) => {
      const { us, values } = scoreRow(score);
      series.store.addRow(score.modality, us, values);
      const { modality, raw, llr, points } = score;
      series.store.addEvent(us, { kind: 'score', modality, raw, llr, points });
    },
    scores: (fromUs, toUs) => afterFlush(() => history.scores(fromUs, toUs)),
    addTrust: (point) => {
      const { us, values } = trustRow(point);
      series.store.addRow('trust', us, values);
    },
    trust: (fromMs, toMs, maxPoints) => afterFlush(() => history.trust(fromMs, toMs, maxPoints)),
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
    prune: (nowMs, historyDays, keeping) => {
      // What waits must be written before its hour is thought complete.
      flush();
      guard(() => prune(nowMs, historyDays, keeping));
    },
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
