import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import type { Database } from './driver.ts';
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts';
import { factOf } from './sealed-rows.ts';
import { testKey } from './test-folder.ts';

const cipher = createCipher(testKey());
const memory = (): Database => new (loadDriver())(':memory:');
const tables = (db: Database): unknown[] =>
  db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();

test('an empty database gets every table', () => {
  const db = memory();
  assert.equal(schemaVersion(db), 0);
  migrate(db, cipher);
  assert.equal(schemaVersion(db), MIGRATIONS.length);
  assert.deepEqual(tables(db), ['chunk', 'entry', 'event', 'mark', 'meta', 'model', 'tick', 'verdict', 'window']);
});

test('a database is brought up from each earlier version without losing its rows', () => {
  for (let from = 0; from <= MIGRATIONS.length; from++) {
    const db = memory();
    migrate(db, cipher, MIGRATIONS.slice(0, from));
    // The value is text in version 1, and sealed from version 2 on.
    const value = from < 2 ? '42' : cipher.seal(Buffer.from('42'), ['meta.value', 'seed']);
    if (from > 0) db.prepare("INSERT INTO meta (key, value) VALUES ('seed', ?)").run(value);
    migrate(db, cipher);
    assert.equal(schemaVersion(db), MIGRATIONS.length);
    const seed = db.prepare<[], Buffer>("SELECT value FROM meta WHERE key = 'seed'").pluck().get();
    assert.equal(seed === undefined ? null : factOf(cipher, 'seed', seed), from > 0 ? '42' : null);
  }
});

test('only what is missing runs', () => {
  const db = memory();
  migrate(db, cipher, ['CREATE TABLE a (x)']);
  migrate(db, cipher, ['this would fail', 'CREATE TABLE b (x)', 'CREATE TABLE c (x)']);
  assert.deepEqual(tables(db), ['a', 'b', 'c']);
  assert.equal(schemaVersion(db), 3);
});

test('a migration that fails halfway leaves the version before it', () => {
  const db = memory();
  assert.throws(
    () => migrate(db, cipher, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']),
    /already exists/,
  );
  assert.deepEqual(tables(db), ['a']);
  assert.equal(schemaVersion(db), 1);
});
