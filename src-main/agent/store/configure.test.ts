import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { configure } from './configure.ts';
import { loadDriver } from './driver.ts';
import { testFolder } from './test-folder.ts';

test('a database keeps 2 MB of its pages in memory, deletes for good, gives pages back, and survives a crash', (t) => {
  const db = new (loadDriver())(join(testFolder(t), 'some.db'));
  configure(db);
  const set = Object.fromEntries(
    ['cache_size', 'auto_vacuum', 'journal_mode', 'synchronous', 'secure_delete'].map((name) => [
      name,
      db.pragma(name, { simple: true }),
    ]),
  );
  db.close();
  // sqlite.org/pragma.html: 2 is INCREMENTAL, 1 NORMAL and 1 ON.
  assert.deepEqual(set, { cache_size: -2000, auto_vacuum: 2, journal_mode: 'wal', synchronous: 1, secure_delete: 1 });
});
