// What enters: an open database of any version so far. What leaves: the same at the newest version.
import { CHAIN_LOG } from './audit-log/chain-log.ts';
import { linkHash, sha256 } from './audit-log/link.ts';
import { vouch } from './audit-log/vouch.ts';
import type { Cipher, SealContext } from './cipher.ts';
import type { Database } from './driver.ts';
import { stateOf } from './rows.ts';

/**
 * Migration n brings a database from version n-1 to n (`PRAGMA user_version`). A released migration never changes; a new
 * one is added at the end. `modality` and `state` hold the codes of rows.ts.
 *
 * Vectors are blobs in a rowid table, because large rows spill out of a WITHOUT ROWID tree.
 *
 * `seal(bytes, place, …)` seals a value as sealed-rows.ts does, `unseal` is the way back: the place and what follows it are its context.
 * `pack(number, …)` is those numbers as Float64, NaN for NULL. `state_name(code)` is the state's word. `digest`, `link` and `vouch` are those of
 * audit-log/.
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
  // Profiles: what was known until now becomes the first one, 1; what does not depend on keyboard and mouse is shared, 0. Of each model
  // the version in use is kept, for of the ones before there is nothing that learning could go on from.
  `
  ALTER TABLE "window" ADD COLUMN profile INTEGER NOT NULL DEFAULT 0;
  UPDATE "window" SET profile = 1 WHERE modality <> 3;
  UPDATE "window" SET vector = seal(unseal(vector, 'window.vector', modality, ts, events, new_events),
    'window.vector', modality, profile, ts, events, new_events);
  DROP INDEX window_by_time;
  CREATE INDEX window_by_time ON "window" (modality, profile, ts);

  INSERT OR REPLACE INTO meta SELECT 'keystroke-statistics 1',
    seal(unseal(value, 'meta.value', key), 'meta.value', 'keystroke-statistics 1') FROM meta
    WHERE key = 'keystroke-statistics';
  DELETE FROM meta WHERE key = 'keystroke-statistics';

  CREATE TABLE verdict (
    at_ms REAL PRIMARY KEY,         -- of the decision that it is about
    verdict BLOB NOT NULL           -- sealed
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE model RENAME TO old_model;
  CREATE TABLE model (
    profile INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    created_ms REAL NOT NULL,
    file TEXT NOT NULL,             -- in the models folder
    sha256 TEXT NOT NULL,           -- of the file before it was sealed
    last_window INTEGER NOT NULL,   -- id of the newest window of the profile and modality at that time, 0 without one
    card BLOB NOT NULL,             -- sealed JSON
    about BLOB NOT NULL,            -- sealed JSON: why, events, accuracy
    basis BLOB,                     -- sealed: what learning goes on from
    PRIMARY KEY (profile, name, version)
  ) STRICT;
  INSERT INTO model
    SELECT profile, name, version, modality, created_ms, file, sha256, last_window,
      seal(card, 'model.card', profile, name, version, modality, created_ms, file, sha256, last_window),
      seal(json_object(
        'why', CASE version WHEN 1 THEN 'enrolment' ELSE 'more' END,
        'events', CASE WHEN json_valid(card)
          THEN coalesce(json_extract(card, '$.strokes'), json_extract(card, '$.training.events'), 0) ELSE 0 END,
        'accuracy', NULL
      ), 'model.about', profile, name, version, modality, created_ms, file, sha256, last_window),
      NULL
    FROM (
      SELECT CASE modality WHEN 3 THEN 0 ELSE 1 END AS profile, name, version, modality, created_ms, file, sha256,
        CAST(unseal(card, 'model.card', name, version, modality, created_ms, file, sha256) AS TEXT) AS card,
        (SELECT coalesce(max(id), 0) FROM "window"
          WHERE "window".modality = old_model.modality AND ts <= 1000 * created_ms) AS last_window
      FROM old_model WHERE version = (SELECT max(version) FROM old_model AS newer WHERE newer.name = old_model.name)
    );
  DROP TABLE old_model;
  `,
  // Time series (series/streams.ts has the codes): what was kept as trust and scores becomes ticks, which the first upkeep rolls up.
  `
  CREATE TABLE tick (
    id INTEGER PRIMARY KEY,         -- in the order in which they came, whatever the clock said
    us INTEGER NOT NULL,            -- microseconds since the epoch
    stream INTEGER NOT NULL,
    body BLOB NOT NULL              -- sealed Float64, little-endian, in the order of the stream's series
  ) STRICT;
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    tier INTEGER NOT NULL,          -- 0 single rows, 1 minutes, 2 five minutes
    from_us INTEGER NOT NULL,
    body BLOB NOT NULL              -- sealed
  ) STRICT;
  CREATE UNIQUE INDEX chunk_by_series ON chunk (series, tier, from_us);
  CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    us INTEGER NOT NULL,
    body BLOB NOT NULL              -- sealed
  ) STRICT;

  INSERT INTO tick (us, stream, body) SELECT us, 2, seal(pack(trust, low, high, state), 'tick.body', us, 2)
    FROM (SELECT CAST(round(1000 * at_ms) AS INTEGER) AS us, * FROM trust) ORDER BY us;
  INSERT INTO tick (us, stream, body) SELECT us, stream, seal(pack(raw, llr, points), 'tick.body', us, stream)
    FROM (SELECT ts AS us, 10 + modality AS stream, raw, llr, points FROM score) ORDER BY us;
  INSERT OR REPLACE INTO mark SELECT 'unscrubbed', '' WHERE EXISTS (SELECT 1 FROM trust) OR EXISTS (SELECT 1 FROM score);
  DROP TABLE trust;
  DROP TABLE score;
  `,
  CHAIN_LOG,
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
  db.function('unseal', options, (sealed: Buffer, ...context: [...SealContext]) => cipher.open(sealed, context));
  db.function('pack', options, (...values: (number | null)[]) =>
    Buffer.from(Float64Array.from(values, (value) => value ?? NaN).buffer),
  );
  db.function('state_name', options, (code: number) => stateOf(code));
  db.function('digest', options, (bytes: Buffer) => sha256(bytes));
  db.function('link', options, (seq: number, prev: Buffer, at_ms: number, kind: string, digest: Buffer) =>
    linkHash({ seq, prev, at_ms, kind, digest }),
  );
  db.function('vouch', options, (hash: Buffer) => vouch(cipher, hash, 'kept'));
  for (let version = schemaVersion(db) + 1; version <= migrations.length; version++) {
    const sql = migrations[version - 1] ?? '';
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
