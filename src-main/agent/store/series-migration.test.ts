// Databases of every format before there were time series: trust and scores lay in tables of their own, in plain.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TrustPoint } from '../../../src-preload/contract.ts';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import { openStore } from './open-store.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import type { StoredScore } from './store.ts';
import { testFolder, testKey } from './test-folder.ts';

const key = testKey();
const SERIES_SINCE = 4;
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 21, 5, 30);

/** Ten days of points, 20 minutes apart; nothing is known in the first, and the last is of the present hour. */
const TRUST = Array.from({ length: 720 }, (_, n): TrustPoint => {
  const known = n > 0;
  return {
    atMs: NOW_MS - (719 - n) * 20 * 60_000 + 0.5,
    ...{ trust: known ? 50 + (n % 50) : null, low: known ? 32 : null, high: known ? 99.5 : null },
    state: n % 240 === 7 ? 'LOCKDOWN' : 'NORMAL',
  };
});
const SCORES = TRUST.flatMap(({ atMs }, n): StoredScore[] => [
  { ts: Math.round(atMs * 1000), modality: 'mouse', raw: 1 - n, llr: n / 4, points: -0.5 },
  ...(n % 3 === 0 ? [{ ts: Math.round(atMs * 1000), modality: 'app', raw: 1, llr: 2, points: 3 } as const] : []),
]);

/** As the given version wrote them; the codes are those of the format: mouse 2, app 3; NORMAL 1, LOCKDOWN 4. */
function written(folder: string, version: number): void {
  const db = new (loadDriver())(join(folder, 'seclyzer.db'));
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  migrate(db, createCipher(key), MIGRATIONS.slice(0, version));
  const trust = db.prepare('INSERT INTO trust VALUES (?, ?, ?, ?, ?)');
  const score = db.prepare('INSERT INTO score VALUES (?, ?, ?, ?, ?)');
  // Not in the order of time: the clock was set.
  for (const point of TRUST.toReversed())
    trust.run(point.atMs, point.trust, point.low, point.high, point.state === 'NORMAL' ? 1 : 4);
  for (const { ts, modality, raw, llr, points } of SCORES)
    score.run(ts, modality === 'mouse' ? 2 : 3, raw, llr, points);
  db.close();
}

/** Whether 99.5 does, as SQLite writes it: IEEE 754, big-endian. */
function liesInPlain(folder: string): boolean {
  const number = Buffer.from('4058e00000000000', 'hex');
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(number));
}

for (let version = 1; version < SERIES_SINCE; version++) {
  test(`trust and scores of version ${version} are in the history, before and after it is rolled up`, async (t) => {
    const folder = testFolder(t);
    written(folder, version);
    assert.ok(liesInPlain(folder));
    for (const rolled of [false, true]) {
      const { store, opening } = await openStore(folder, { key });
      assert.equal(opening.kind, 'opened');
      if (rolled) store.prune(NOW_MS);
      // What is stored here needs no rounding.
      assert.deepEqual(store.trust(0, 2e12, 1000), TRUST);
      assert.deepEqual(store.scores(0, 2e15), SCORES);
      const days = store.readSeries({
        ...{ series: 'trust.trust', fromMs: NOW_MS - 10 * DAY_MS, toMs: NOW_MS + DAY_MS, maxPoints: 11 * 288 + 2 },
      });
      assert.deepEqual([days.stepMs, days.points.length], [300_000, 719]);
      store.close();
    }
    assert.ok(!liesInPlain(folder));
  });
}

test('the present hour stays as it came: numbers that need rounding are exact', async (t) => {
  const folder = testFolder(t);
  written(folder, 3);
  const { store } = await openStore(folder, { key });
  t.after(() => store.close());
  const fine: StoredScore = { ts: NOW_MS * 1000 + 7, modality: 'mouse', raw: Math.PI, llr: 1e-300, points: 0.1 };
  store.addScore(fine);
  store.prune(NOW_MS + 1000);
  assert.deepEqual(store.scores(fine.ts, fine.ts), [fine]);
  store.prune(NOW_MS + 3_600_000);
  const [rolled] = store.scores(fine.ts, fine.ts);
  assert.deepEqual([rolled?.ts, rolled?.llr], [fine.ts, 0]);
  assert.ok(Math.abs((rolled?.raw ?? 0) / Math.PI - 1) < 1 / 4096);
});
