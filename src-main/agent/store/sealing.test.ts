import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { AuditEntry, Decision } from '../../../src-preload/contract.ts';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import type { Database } from './driver.ts';
import { setMark } from './marks.ts';
import { openStore } from './open-store.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import type { Store, StoredModel, StoredWindow } from './store.ts';
import { testFolder, testKey } from './test-folder.ts';

const key = testKey();
const APP = 'CanaryEditor9731';
const CARD = '{"owner":"CanaryCard5512"}';
const WINDOW: StoredWindow = {
  ts: 1_701_423_846_000_001,
  modality: 'keystroke',
  profile: 1,
  events: 40,
  newEvents: 7,
  vector: new Float32Array(140).fill(1234.5678),
};
const DECISION: Decision = {
  atMs: 1_701_423_846_000.5,
  from: 'NORMAL',
  to: 'MONITORING',
  trust: 61.5,
  points: { keystroke: -12.3456789, app: 0 },
  reason: 'CanaryReason7741: flight times 2.4 sd longer',
};
const MODEL: StoredModel = {
  modality: 'mouse',
  profile: 1,
  name: 'mouse-svm',
  version: 3,
  createdMs: 1_700_000_000_000,
  why: 'more',
  events: 0,
  accuracy: null,
  file: 'mouse-svm.v3-abababab.onnx',
  sha256: 'ab'.repeat(32),
  card: CARD,
};
const ENTRY: AuditEntry = { atMs: 5, kind: 'setting', text: 'CanaryAudit6617' };

// 1234.5678 as Float32 is 0x449a522b.
const CANARIES: Readonly<Record<string, Buffer>> = {
  'an application name': Buffer.from(APP),
  'a vector': Buffer.from('2b529a44'.repeat(3), 'hex'),
  'a reason': Buffer.from('CanaryReason7741'),
  points: Buffer.from('12.3456789'),
  'a card': Buffer.from('CanaryCard5512'),
  'an audit text': Buffer.from('CanaryAudit6617'),
};

function canariesIn(folder: string): readonly string[] {
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return Object.keys(CANARIES).filter((name) => bytes.some((file) => file.includes(CANARIES[name] ?? '')));
}

function opened(t: TestContext, path: string): Database {
  const db = new (loadDriver())(path);
  t.after(() => db.close());
  return db;
}

/** A folder as version 1 has left it, `crashed` with its rows still in the write-ahead log. */
function version1(t: TestContext, crashed: boolean): string {
  const made = testFolder(t);
  const path = join(made, 'seclyzer.db');
  const db = opened(t, path);
  for (const pragma of ['auto_vacuum = INCREMENTAL', 'journal_mode = WAL', 'secure_delete = ON']) db.pragma(pragma);
  migrate(db, createCipher(key), MIGRATIONS.slice(0, 1));
  const { vector, ts } = WINDOW;
  const insert = db.prepare('INSERT INTO "window" (modality, ts, events, new_events, vector) VALUES (1, ?, 40, 7, ?)');
  for (let n = 0; n < 1000; n++) insert.run(ts - n, Buffer.from(vector.buffer));
  // Rows that came and went leave gaps behind.
  db.exec(`DELETE FROM "window" WHERE id % 7 = 0`);
  db.prepare('INSERT INTO meta VALUES (?, ?)').run('app-names', JSON.stringify([APP]));
  db.prepare('INSERT INTO decision VALUES (9, ?, 1, 2, 61.5, ?, ?)').run(
    DECISION.atMs,
    JSON.stringify(DECISION.points),
    DECISION.reason,
  );
  db.prepare('INSERT INTO model VALUES (?, 3, 2, ?, ?, ?, ?)').run(
    MODEL.name,
    MODEL.createdMs,
    MODEL.file,
    MODEL.sha256,
    CARD,
  );
  db.exec('INSERT INTO trust VALUES (5, 81.25, 70, 99.9, 1); INSERT INTO score VALUES (5, 1, 0.5, 0.25, 3)');
  if (!crashed) db.pragma('wal_checkpoint(TRUNCATE)');
  const folder = testFolder(t);
  for (const name of ['seclyzer.db', 'seclyzer.db-wal']) copyFileSync(join(made, name), join(folder, name));
  return folder;
}

for (const crashed of [false, true]) {
  test(`a database of version 1 is sealed, nothing lost and nothing left in plain${crashed ? ', after a crash' : ''}`, async (t) => {
    const folder = version1(t, crashed);
    assert.equal(statSync(join(folder, 'seclyzer.db-wal')).size > 0, crashed);
    assert.equal(canariesIn(folder).length, 5, 'all but the audit, which is new, lie in plain before');
    const { store, opening } = await openStore(folder, { key });
    assert.deepEqual(canariesIn(folder), []);
    assert.deepEqual(opening, { kind: 'opened' });
    const windows = store.windows('keystroke', 2000);
    assert.equal(windows.length, 1000 - 142);
    assert.deepEqual(windows.at(-1), WINDOW);
    assert.equal(store.get('app-names'), JSON.stringify([APP]));
    assert.deepEqual(store.decisions(10), [DECISION]);
    assert.deepEqual(store.models(), [MODEL]);
    assert.equal(store.trust(0, 9, 9)[0]?.trust, 81.25);
    assert.equal(store.scores(0, 9)[0]?.llr, 0.25);
    store.addAudit(ENTRY);
    assert.deepEqual(store.audit(5), [ENTRY]);
    store.close();
    assert.deepEqual(canariesIn(folder), []);
    const again = await openStore(folder, { key });
    assert.deepEqual([again.opening.kind, again.store.decisions(10)], ['opened', [DECISION]]);
    again.store.close();
  });
}

test('a sealing that ended between the rows and the pages is brought to its end by the next opening', async (t) => {
  const folder = version1(t, false);
  const db = opened(t, join(folder, 'seclyzer.db'));
  // As the store does it, but for its last step, and without secure_delete, so that something is left over for certain.
  db.pragma('journal_mode = WAL');
  migrate(db, createCipher(key));
  db.close();
  assert.notDeepEqual(canariesIn(folder), [], 'gaps and the old pages still hold something');
  (await openStore(folder, { key })).store.close();
  assert.deepEqual(canariesIn(folder), []);
});

async function filled(
  t: TestContext,
): Promise<{ readonly store: Store; readonly folder: string; readonly other: Database }> {
  const folder = testFolder(t);
  const { store } = await openStore(folder, { key });
  t.after(() => store.close());
  for (const n of [0, 1, 2]) {
    store.addWindow({ ...WINDOW, ts: WINDOW.ts + n });
    store.addDecision({ ...DECISION, atMs: DECISION.atMs + n });
    store.addModel({ ...MODEL, name: `model-${n}` }, Buffer.from(`${CARD} ${n}`));
    store.addVerdict(5 + n, 'owner');
    store.addAudit({ ...ENTRY, atMs: n });
    store.set(`app-names-${n}`, `${APP} ${n}`);
  }
  store.flush();
  return { store, folder, other: opened(t, join(folder, 'seclyzer.db')) };
}

test('no file of a new database holds anything in plain, neither in use nor closed', async (t) => {
  const { store, folder } = await filled(t);
  assert.ok(existsSync(join(folder, 'seclyzer.db-wal')));
  assert.deepEqual(canariesIn(folder), []);
  store.close();
  assert.deepEqual(canariesIn(folder), []);
});

const READS: Readonly<Record<string, (store: Store) => unknown>> = {
  window: (store) => store.windows('keystroke', 10),
  model: (store) => store.models(),
  verdict: (store) => store.verdicts(0),
  meta: (store) => store.get('app-names-1'),
};

/** What somebody with the disk might do, by the table that it breaks. */
const TAMPERINGS: readonly (readonly [table: string, what: string, sql: string])[] = [
  ['window', 'vectors of two windows exchanged', swap('"window"', 'vector', 'id', '1', '2')],
  ['window', 'a window with another count', `UPDATE "window" SET events = 41 WHERE id = 2`],
  ['window', 'a window of another time', `UPDATE "window" SET ts = ts + 1000000 WHERE id = 2`],
  ['window', 'a window of another profile', `UPDATE "window" SET profile = 2 WHERE id = 2`],
  ['window', 'a vector emptied', `UPDATE "window" SET vector = x'' WHERE id = 2`],
  ['window', 'a vector in plain', `UPDATE "window" SET vector = zeroblob(560) WHERE id = 2`],
  ['model', 'cards of two models exchanged', swap('model', 'card', 'name', `'model-0'`, `'model-1'`)],
  ['model', 'a model with another digest', `UPDATE model SET sha256 = '00' WHERE name = 'model-1'`],
  ['model', 'a model of another profile', `UPDATE model SET profile = 2 WHERE name = 'model-1'`],
  ['model', 'a model that is to forget other windows', `UPDATE model SET last_window = 9 WHERE name = 'model-1'`],
  ['verdict', 'verdicts on two alarms exchanged', swap('verdict', 'verdict', 'at_ms', '5', '6')],
  ['meta', 'two facts exchanged', swap('meta', 'value', 'key', `'app-names-0'`, `'app-names-1'`)],
  [
    'meta',
    'a text in the place of a fact',
    `UPDATE meta SET value = (SELECT body FROM entry) WHERE key = 'app-names-1'`,
  ],
];

function swap(table: string, column: string, id: string, one: string, other: string): string {
  return (
    `CREATE TEMP TABLE kept AS SELECT ${id} AS id, ${column} AS sealed FROM ${table} WHERE ${id} IN (${one}, ${other});` +
    `UPDATE ${table} SET ${column} = (SELECT sealed FROM kept WHERE kept.id <> ${table}.${id}) WHERE ${id} IN (${one}, ${other})`
  );
}

for (const [table, what, sql] of TAMPERINGS) {
  test(`${what}: an error that names the table, and the next opening sets the database aside`, async (t) => {
    const { store, folder, other } = await filled(t);
    for (const read of Object.values(READS)) read(store);
    other.exec(sql);
    for (const [name, read] of Object.entries(READS)) {
      if (name !== table) read(store);
      else
        assert.throws(() => read(store), {
          name: 'StoreError',
          kind: 'damaged',
          message: new RegExp(
            `seclyzer\\.db is damaged \\(a record of ${table}\\.\\w+ does not match its seal\\)\\. Start`,
          ),
        });
    }
    store.close();
    const { store: fresh, opening } = await openStore(folder, { key });
    t.after(() => fresh.close());
    assert.equal(opening.kind, 'recovered');
    assert.match(opening.why, new RegExp(`^a record of ${table}\\.\\w+ does not match its seal$`));
    assert.deepEqual(fresh.windows('keystroke', 10), []);
    fresh.close();
    assert.equal((await openStore(folder, { key })).opening.kind, 'opened');
  });
}

test('with another key nothing is opened, nothing set aside and nothing changed', async (t) => {
  const { store, folder, other } = await filled(t);
  store.close();
  setMark(other, 'damaged', 'this says nothing to who has no key');
  other.close();
  const path = join(folder, 'seclyzer.db');
  const before = readFileSync(path);
  await assert.rejects(openStore(folder, { key: testKey(8) }), {
    name: 'StoreError',
    kind: 'locked',
    message:
      `${path} was sealed with another key than the one at hand. Put the key that it was sealed with back (data.key or ` +
      `data.key.wrapped, from a backup of ${folder}), or move that folder away to begin anew.`,
  });
  assert.deepEqual(readFileSync(path), before);
  assert.ok(!readdirSync(folder).some((name) => name.includes('.damaged-')));
});
