import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDriver } from './driver.ts';
import type { Database } from './driver.ts';
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts';

const memory = (): Database => new (loadDriver())(':memory:');
const tables = (db: Database): unknown[] =>
  db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();

test('an empty database gets every table', () => {
  const db = memory();
  assert.equal(schemaVersion(db), 0);
  migrate(db);
  assert.equal(schemaVersion(db), MIGRATIONS.length);
  assert.deepEqual(tables(db), ['decision', 'meta', 'model', 'score', 'trust', 'window']);
});

test('a database is brought up from each earlier version without losing its rows', () => {
  for (let from = 0; from <= MIGRATIONS.length; from++) {
    const db = memory();
    migrate(db, MIGRATIONS.slice(0, from));
    if (from > 0) db.exec("INSERT INTO meta (key, value) VALUES ('seed', '42')");
    migrate(db);
    assert.equal(schemaVersion(db), MIGRATIONS.length);
    assert.deepEqual(db.prepare('SELECT value FROM meta').pluck().all(), from > 0 ? ['42'] : []);
  }
});

test('only what is missing runs', () => {
  const db = memory();
  migrate(db, ['CREATE TABLE a (x)']);
  migrate(db, ['this would fail', 'CREATE TABLE b (x)', 'CREATE TABLE c (x)']);
  assert.deepEqual(tables(db), ['a', 'b', 'c']);
  assert.equal(schemaVersion(db), 3);
});

test('a migration that fails halfway leaves the version before it', () => {
  const db = memory();
  assert.throws(() => migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']), /already exists/);
  assert.deepEqual(tables(db), ['a']);
  assert.equal(schemaVersion(db), 1);
});
