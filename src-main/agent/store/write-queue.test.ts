import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDriver } from './driver.ts';
import type { Cell } from './rows.ts';
import { createWriteQueue } from './write-queue.ts';

test('rows wait in order; when too many wait the oldest are given up, and the failure says so', () => {
  const db = new (loadDriver())(':memory:');
  db.exec('CREATE TABLE t (x INTEGER)');
  const insert = db.prepare<Cell[]>('INSERT INTO t VALUES (?)');
  const queue = createWriteQueue(db, 'the file', 3);
  db.pragma('query_only = ON');
  for (const x of [1, 2, 3]) queue.add(insert, [x]);
  assert.throws(queue.flush, { kind: 'read-only', message: /^the file is read-only\. .* with --data\.$/ });
  for (const x of [4, 5]) queue.add(insert, [x]);
  assert.throws(queue.flush, { kind: 'read-only', message: / The oldest of what waits is being given up\.$/ });
  db.pragma('query_only = OFF');
  queue.flush();
  queue.flush();
  assert.deepEqual(db.prepare('SELECT x FROM t ORDER BY rowid').pluck().all(), [3, 4, 5]);
});

test('what is expendable goes first, whenever it came', () => {
  const db = new (loadDriver())(':memory:');
  db.exec('CREATE TABLE t (x INTEGER)');
  const insert = db.prepare<Cell[]>('INSERT INTO t VALUES (?)');
  const queue = createWriteQueue(db, 'the file', 3);
  queue.add(insert, [1]);
  for (const x of [2, 3]) queue.add(insert, [x], 'expendable');
  for (const x of [4, 5]) queue.add(insert, [x]);
  queue.flush();
  assert.deepEqual(db.prepare('SELECT x FROM t ORDER BY rowid').pluck().all(), [1, 4, 5]);
});
