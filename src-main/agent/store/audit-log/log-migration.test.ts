// Databases of every version that kept decisions or audit entries: all of them are in the chain, in the order of their times.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCipher } from '../cipher.ts';
import { loadDriver } from '../driver.ts';
import { openStore } from '../open-store.ts';
import { MIGRATIONS, migrate } from '../schema.ts';
import { testFolder, testKey } from '../test-folder.ts';
import { verifyFile } from './verify-file.ts';

const key = testKey();
const cipher = createCipher(key);
const TRUST = 100 / 7;
const POINTS = { keystroke: -100 / 7, app: 0 };

/** Four decisions of ids 1 to 4 and, where there are such, audit entries of the same moments, as that version wrote them. */
function ofVersion(version: number, path: string, moments: readonly number[]): void {
  const db = new (loadDriver())(path);
  migrate(db, cipher, MIGRATIONS.slice(0, version));
  for (const atMs of moments) {
    const plain = [atMs, 1, 2, atMs === 30 ? null : TRUST] as const;
    if (version === 1)
      db.prepare(
        'INSERT INTO decision (at_ms, from_state, to_state, trust, points, reason) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(...plain, JSON.stringify(POINTS), `because “${atMs}”`);
    else {
      const body = JSON.stringify({ points: POINTS, reason: `because “${atMs}”` });
      db.prepare('INSERT INTO decision (at_ms, from_state, to_state, trust, body) VALUES (?, ?, ?, ?, ?)').run(
        ...plain,
        cipher.seal(Buffer.from(body), ['decision.body', ...plain]),
      );
      const text = cipher.seal(Buffer.from(`Paused “at” ${atMs}.`), ['audit.text', atMs, 'pause']);
      db.prepare('INSERT INTO audit (at_ms, kind, text) VALUES (?, ?, ?)').run(atMs, 'pause', text);
    }
  }
  db.close();
}

for (const version of [1, 2, 3, 4]) {
  test(`a log of version ${version} joins the chain`, async (t) => {
    const folder = testFolder(t);
    const path = join(folder, 'seclyzer.db');
    ofVersion(version, path, [10.5, 30, 20, 40]);
    const { store, opening } = await openStore(folder, { key });
    t.after(() => store.close());
    assert.equal(opening.kind, 'opened');
    assert.deepEqual(
      store.decisions(9),
      [40, 30, 20, 10.5].map((atMs) => ({
        ...{ atMs, from: 'NORMAL', to: 'MONITORING', trust: atMs === 30 ? null : TRUST, points: POINTS },
        reason: `because “${atMs}”`,
      })),
    );
    const entries = [40, 30, 20, 10.5].map((atMs) => ({ atMs, kind: 'pause', text: `Paused “at” ${atMs}.` }));
    assert.deepEqual(store.audit(9), version === 1 ? [] : entries);
    store.addAudit({ atMs: 50, kind: 'start', text: 'SecLyzer started.' });
    store.flush();
    const report = await verifyFile({ path, key });
    assert.deepEqual([report.whole, report.entries, report.fromMs], [true, version === 1 ? 5 : 9, 10.5]);
  });
}

test('a database without any entry gets an end too, so that what comes can not be cut off unnoticed', async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'seclyzer.db');
  const db = new (loadDriver())(path);
  migrate(db, cipher, MIGRATIONS.slice(0, 4));
  db.close();
  (await openStore(folder, { key })).store.close();
  const report = await verifyFile({ path, key });
  assert.deepEqual([report.whole, report.entries, report.sentences[1]], [true, 0, 'It is empty.']);
});

test('an entry that was changed before is damage: nothing of a forger is taken into the chain', async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'seclyzer.db');
  ofVersion(4, path, [10, 20]);
  const db = new (loadDriver())(path);
  db.exec(`UPDATE audit SET kind = 'unlock' WHERE id = 1`);
  db.close();
  const { store, opening } = await openStore(folder, { key });
  t.after(() => store.close());
  assert.equal(opening.kind, 'recovered');
});

test('20,000 entries join the chain in less time than anybody would wait', async (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'seclyzer.db');
  const db = new (loadDriver())(path);
  migrate(db, cipher, MIGRATIONS.slice(0, 4));
  const insert = db.prepare('INSERT INTO audit (at_ms, kind, text) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let n = 0; n < 20_000; n++)
      insert.run(n, 'pause', cipher.seal(Buffer.from('Paused.'), ['audit.text', n, 'pause']));
  })();
  db.close();
  const startMs = performance.now();
  (await openStore(folder, { key })).store.close();
  const tookMs = performance.now() - startMs;
  t.diagnostic(`${Math.round(tookMs)} ms`);
  assert.ok(tookMs < 20_000);
  assert.equal((await verifyFile({ path, key })).entries, 20_000);
});
