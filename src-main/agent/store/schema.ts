// What enters: an open database of any version so far. What leaves: the same at the newest version.
import type { Database } from './driver.ts';

/**
 * Migration n brings a database from version n-1 to n (`PRAGMA user_version`). A released migration never changes; a new
 * one is added at the end. `modality` and `state` hold the codes of rows.ts.
 *
 * Vectors are blobs in a rowid table, because large rows spill out of a WITHOUT ROWID tree. Scores and trust points have
 * natural keys, which saves an index: the same moment written twice keeps what was written last.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE "window" (
    id INTEGER PRIMARY KEY,
    modality INTEGER NOT NULL,
    ts INTEGER NOT NULL,            -- end of the window, microseconds since the epoch
    events INTEGER NOT NULL,
    new_events INTEGER NOT NULL,
    vector BLOB NOT NULL            -- Float32, little-endian, in the order of the modality's feature table
  ) STRICT;
  CREATE INDEX window_by_time ON "window" (modality, ts);
  CREATE TABLE score (
    ts INTEGER NOT NULL,            -- microseconds since the epoch
    modality INTEGER NOT NULL,
    raw REAL NOT NULL,
    llr REAL NOT NULL,
    points REAL NOT NULL,
    PRIMARY KEY (ts, modality)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE trust (
    at_ms REAL PRIMARY KEY,         -- milliseconds since the epoch
    trust REAL,
    low REAL,
    high REAL,
    state INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    from_state INTEGER NOT NULL,
    to_state INTEGER NOT NULL,
    trust REAL,
    points TEXT NOT NULL,           -- JSON, points of trust by modality
    reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decision_by_time ON decision (at_ms);
  CREATE TABLE model (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    created_ms REAL NOT NULL,
    file TEXT NOT NULL,             -- relative to the data folder
    sha256 TEXT NOT NULL,
    card TEXT NOT NULL,             -- JSON
    PRIMARY KEY (name, version)
  ) STRICT;
  `,
];

/** The version that a database says it has; 0 for one without tables. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Runs what is missing, each migration in a transaction of its own: one that fails leaves the version before it. */
export function migrate(db: Database, migrations: readonly string[] = MIGRATIONS): void {
  for (let version = schemaVersion(db) + 1; version <= migrations.length; version++) {
    const sql = migrations[version - 1] ?? '';
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
