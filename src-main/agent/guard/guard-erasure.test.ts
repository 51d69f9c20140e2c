import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { createCipher } from '../store/cipher.ts';
import { loadDriver } from '../store/driver.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { playScenario, SCENARIOS } from './demo/scenarios.ts';
import { startGuard, type Guard } from './guard.ts';

const DAY_MS = 86_400_000;

/** A break-in after some quiet days, and a day later passwords that are guessed, read by a guard that also writes its alerts to a file. */
async function attacked(t: TestContext) {
  const folder = testFolder(t);
  const log = path.join(testFolder(t), 'auth.log');
  const nowMs = Date.now();
  const lines = ['break-in', 'sudo-guessing'].flatMap((name, i) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    assert.ok(scenario);
    return playScenario(scenario, nowMs - (5 - 2 * i) * DAY_MS, 1);
  });
  writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
  const { guard: settings } = DEFAULT_USER_SETTINGS;
  const start = (): Guard =>
    startGuard({
      ...{ dataDir: folder, cipher: createCipher(testKey()), logs: [log], nowMs: () => nowMs },
      settings: () => ({ ...settings, advanced: { stream: true } }),
      notify: () => undefined,
      notice: (about, level, text) => assert.equal(text, null, `${about}: ${level} ${text}`),
    });
  const guard = start();
  await guard.poll();
  return { guard, folder, start, nowMs, files: () => bytesOf(folder) };
}

function bytesOf(folder: string): readonly Buffer[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
}

/** The first bytes of every sealed row, as they lie on the disk. */
function sealedIn(folder: string, table: string, column = 'body'): readonly Buffer[] {
  const db = new (loadDriver())(path.join(folder, 'guard.db'), { readonly: true });
  const rows = db.prepare<[], Buffer>(`SELECT ${column} FROM ${table}`).pluck().all();
  db.close();
  return rows.map((row) => row.subarray(0, 28));
}

const found = (files: readonly Buffer[], sealed: readonly Buffer[]): number =>
  sealed.filter((piece) => files.some((file) => file.includes(piece))).length;

test('all of it: incidents, alerts with their lines, habits and the file of alerts; the log is not read again', async (t) => {
  const { guard, folder, start, files } = await attacked(t);
  const sealed = ['alert', 'incident', 'habit'].flatMap((table) => sealedIn(folder, table));
  assert.ok(sealed.length > 5);
  assert.equal(found(files(), sealed), sealed.length);
  assert.ok(
    files().some((file) => file.includes('203.0.113.')),
    'the file of alerts is plain',
  );
  const [incidents, alerts] = [guard.incidents(500).length, guard.alerts(500).length];
  assert.deepEqual(await guard.erase(-Infinity, Infinity), { incidents, alerts, unfinished: null });
  assert.equal(found(files(), sealed), 0);
  assert.ok(!files().some((file) => file.includes('203.0.113.')));
  await guard.poll();
  assert.deepEqual(guard.alerts(500), []);
  await guard.stop();
  assert.equal(found(files(), sealed), 0, 'nor written again at the end');
  const again = start();
  await again.poll();
  assert.deepEqual(again.incidents(500), []);
  await again.stop();
});

test('a period: what was under way in it goes, the rest stays as it is', async (t) => {
  const { guard, folder, nowMs, files } = await attacked(t);
  const [fromMs, toMs] = [nowMs - 4 * DAY_MS, nowMs - 3 * DAY_MS];
  const before = guard.incidents(500);
  const meant = before.filter(({ firstMs, lastMs }) => lastMs >= fromMs && firstMs <= toMs);
  assert.ok(meant.length > 0 && meant.length < before.length);
  const sealed = sealedIn(folder, 'alert');
  const gone = await guard.erase(fromMs, toMs);
  assert.equal(gone.incidents, meant.length);
  assert.deepEqual(
    guard.incidents(500),
    before.filter((one) => !meant.includes(one)),
  );
  assert.deepEqual(guard.alerts(500, fromMs, toMs), []);
  assert.equal(found(files(), sealed), sealed.length - gone.alerts);
  const told = files().flatMap((file) => file.toString('latin1').match(/"time":"[^"]+"/g) ?? []);
  assert.ok(told.length > 0 && told.every((text) => Date.parse(text.slice(8, -1)) > toMs));
  await guard.stop();
});
