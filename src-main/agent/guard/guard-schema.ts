// What enters: nothing. What leaves: the tables of the guard's database, guard.db beside the main one. It is one of its own because
// positions and what was made of the lines must be written together, at the guard's pace and not at the pipeline's.

/** As in store/schema.ts: migration n brings a database from version n-1 to n, and a released one never changes. */
export const GUARD_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;   -- sealed
  CREATE TABLE source (
    name TEXT PRIMARY KEY,          -- path of a file, or the journal
    body BLOB NOT NULL              -- sealed JSON: where reading has got to
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE habit (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;                -- sealed JSON, one row a user
  CREATE TABLE vector (slot INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT;              -- sealed Float32
  CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    risk INTEGER NOT NULL,          -- 0 LOW to 3 CRITICAL
    incident INTEGER NOT NULL,
    body BLOB NOT NULL              -- sealed JSON
  ) STRICT;
  CREATE INDEX alert_by_time ON alert (at_ms);
  CREATE INDEX alert_by_incident ON alert (incident);
  CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    first_ms REAL NOT NULL,
    last_ms REAL NOT NULL,
    risk INTEGER NOT NULL,
    open INTEGER NOT NULL,          -- 1 until somebody acknowledges it
    body BLOB NOT NULL              -- sealed JSON
  ) STRICT;
  CREATE INDEX incident_by_time ON incident (last_ms);
  CREATE TABLE archive (id INTEGER PRIMARY KEY, at_ms REAL NOT NULL, body BLOB NOT NULL) STRICT;  -- sealed, deflated JSON, no lines
  `,
  // While an attack goes on only the time and the number of its alert change: they stand beside the body, and so does the end of an
  // incident. Incidents have techniques.
  `
  ALTER TABLE alert ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
  UPDATE alert SET
    count = json_extract(CAST(unseal(body, 'guard.alert', id, at_ms, risk, incident) AS TEXT), '$.count'),
    body = seal(unseal(body, 'guard.alert', id, at_ms, risk, incident), 'guard.alert', id, risk, incident);
  UPDATE incident SET body = seal(
    json_set(
      CAST(unseal(body, 'guard.incident', id, first_ms, last_ms, risk, open) AS TEXT), '$.techniques', json('[]')
    ),
    'guard.incident', id, first_ms, risk, open);
  `,
];
