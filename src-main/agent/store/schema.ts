// What enters: an open database of any version so far. What leaves: the same at the newest version.
import type { Cipher, SealContext } from './cipher.ts';
import type { Database } from './driver.ts';

/**
 * Migration n brings a database from version n-1 to n (`PRAGMA user_version`). A released migration never changes; a new
 * one is added at the end. `modality` and `state` hold the codes of rows.ts.
 *
 * Vectors are blobs in a rowid table, because large rows spill out of a WITHOUT ROWID tree. Scores and trust points have
 * natural keys, which saves an index: the same moment written twice keeps what was written last.
 *
 * `seal(bytes, place, …)` seals a value as sealed-rows.ts does: the place and what follows it are its context.
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
  `
  CREATE TABLE mark (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO mark SELECT 'unscrubbed', '' WHERE
    EXISTS (SELECT 1 FROM meta) OR EXISTS (SELECT 1 FROM "window") OR
    EXISTS (SELECT 1 FROM decision) OR EXISTS (SELECT 1 FROM model);

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    kind TEXT NOT NULL,
    text BLOB NOT NULL              -- sealed
  ) STRICT;
  CREATE INDEX audit_by_time ON audit (at_ms);

  UPDATE "window" SET vector = seal(vector, 'window.vector', modality, ts, events, new_events);

  ALTER TABLE meta RENAME TO plain_meta;
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO meta SELECT key, seal(value, 'meta.value', key) FROM plain_meta;
  INSERT INTO meta VALUES ('key-check', seal('', 'meta.value', 'key-check'));
  DROP TABLE plain_meta;

  ALTER TABLE decision RENAME TO plain_decision;
  DROP INDEX decision_by_time;
  CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    from_state INTEGER NOT NULL,
    to_state INTEGER NOT NULL,
    trust REAL,
    body BLOB NOT NULL              -- sealed JSON: points of trust by modality, and the reason
  ) STRICT;
  INSERT INTO decision SELECT id, at_ms, from_state, to_state, trust,
    seal(json_object('points', json(points), 'reason', reason), 'decision.body', at_ms, from_state, to_state, trust)
    FROM plain_decision;
  CREATE INDEX decision_by_time ON decision (at_ms);
  DROP TABLE plain_decision;

  ALTER TABLE model RENAME TO plain_model;
  CREATE TABLE model (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    created_ms REAL NOT NULL,
    file TEXT NOT NULL,             -- in the models folder
    sha256 TEXT NOT NULL,           -- of the file before it was sealed
    card BLOB NOT NULL,             -- sealed JSON
    PRIMARY KEY (name, version)
  ) STRICT;
  INSERT INTO model SELECT name, version, modality, created_ms, file, sha256,
    seal(card, 'model.card', name, version, modality, created_ms, file, sha256) FROM plain_model;
  DROP TABLE plain_model;
  `,
];

/** From this version on the rows are sealed, and `meta` tells whether a key is theirs. */
export const SEALED_SINCE = 2;

/** The version that a database says it has; 0 for one without tables. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Runs what is missing, each migration in a transaction of its own: one that fails leaves the version before it. */
export function migrate(db: Database, cipher: Cipher, migrations: readonly string[] = MIGRATIONS): void {
  // Direct only: a view or trigger in a file of unknown origin can't call it.
  const options = { varargs: true, directOnly: true };
  db.function('seal', options, (value: string | Buffer, ...context: [...SealContext]) =>
    cipher.seal(typeof value === 'string' ? Buffer.from(value) : value, context),
  );
  for (let version = schemaVersion(db) + 1; version <= migrations.length; version++) {
    const sql = migrations[version - 1] ?? '';
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
