import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { AuditEntry, Decision, TrustPoint } from '../../../src-preload/contract.ts';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import type { Database } from './driver.ts';
import { openMemoryStore, openStore } from './open-store.ts';
import { createSqliteStore } from './sqlite-store.ts';
import type { Store, StoredModel, StoredScore, StoredWindow } from './store.ts';
import { testFolder, testKey } from './test-folder.ts';

const DAY_MS = 86_400_000;

const windowAt = (ts: number, modality: StoredWindow['modality'] = 'keystroke'): StoredWindow => ({
  ts,
  modality,
  profile: 1,
  events: 40,
  newEvents: 7,
  vector: Float32Array.of(1.5, -2, NaN, 0.1),
});
const scoreAt = (ts: number): StoredScore => ({ ts, modality: 'mouse', raw: -0.25, llr: 1e-300, points: 3.5 });
const pointAt = (atMs: number, state: TrustPoint['state'] = 'NORMAL'): TrustPoint => ({
  atMs,
  trust: 81.25,
  low: 70,
  high: 99.9,
  state,
});
const decisionAt = (atMs: number): Decision => ({
  atMs,
  from: 'NORMAL',
  to: 'MONITORING',
  trust: 61.5,
  points: { keystroke: -12.5, app: 0.1 },
  reason: 'Typing does not fit.',
});
const entryAt = (atMs: number): AuditEntry => ({ atMs, kind: 'lock', text: `Locked at ${atMs}.` });
const model = (name: string, version: number): StoredModel => ({
  modality: 'keystroke',
  name,
  version,
  createdMs: 1_700_000_000_000,
  ...{ profile: 1, why: 'more', events: 600, accuracy: null },
  file: `models/${name}-${version}.onnx`,
  sha256: 'ab'.repeat(32),
  card: '{"inputs":140}',
});

async function onDisk(
  t: TestContext,
): Promise<{ readonly store: Store; readonly other: Database; readonly path: string }> {
  const folder = testFolder(t);
  const path = join(folder, 'seclyzer.db');
  const { store } = await openStore(folder, { key: testKey() });
  const other = new (loadDriver())(path);
  t.after(() => {
    other.close();
    store.close();
  });
  return { store, other, path };
}

test('what is added comes back the same', () => {
  const store = openMemoryStore();
  store.addWindow(windowAt(1_701_423_846_000_001));
  store.addScore(scoreAt(1_701_423_846_000_002));
  store.addTrust(pointAt(1_701_423_846_000.5));
  store.addTrust({ atMs: 1, trust: null, low: null, high: null, state: 'LEARNING' });
  store.addDecision(decisionAt(1_701_423_846_000));
  store.addAudit({ atMs: 1_701_423_846_000.25, kind: 'pause', text: 'Paused “für 15 min”.' });
  store.addModel(model('keystroke-forest', 1));
  store.set('seed', 'ünï');
  assert.deepEqual(store.windows('keystroke', 10), [windowAt(1_701_423_846_000_001)]);
  assert.deepEqual(store.windows('mouse', 10), []);
  assert.deepEqual(store.scores(0, Number.MAX_SAFE_INTEGER), [scoreAt(1_701_423_846_000_002)]);
  assert.deepEqual(store.trust(0, 2e12, 10), [
    { atMs: 1, trust: null, low: null, high: null, state: 'LEARNING' },
    pointAt(1_701_423_846_000.5),
  ]);
  assert.deepEqual(store.decisions(10), [decisionAt(1_701_423_846_000)]);
  assert.deepEqual(store.audit(10), [{ atMs: 1_701_423_846_000.25, kind: 'pause', text: 'Paused “für 15 min”.' }]);
  assert.deepEqual(store.models(), [model('keystroke-forest', 1)]);
  assert.equal(store.get('seed'), 'ünï');
  assert.equal(store.get('absent'), null);
});

test('a vector is sealed as little-endian Float32, whatever array it is a part of', async (t) => {
  const { store, other } = await onDisk(t);
  const whole = Float32Array.of(9, 1.5, -2, 9);
  store.addWindow({ ...windowAt(1), vector: whole.subarray(1, 3) });
  whole.fill(0);
  store.flush();
  const sealed = other.prepare<[], Buffer>('SELECT vector FROM "window"').pluck().get() ?? Buffer.alloc(0);
  // Keystroke is 1, so is the profile; its window ends at 1 and has 40 events, 7 of them new. IEEE 754: 1.5 is 0x3fc00000, -2 is 0xc0000000.
  const bytes = createCipher(testKey()).open(sealed, ['window.vector', 1, 1, 1, 40, 7]);
  assert.equal(bytes.toString('hex'), '0000c03f000000c0');
});

test('nothing is written before the flush, and everything by it', async (t) => {
  const { store, other } = await onDisk(t);
  const rows = other.prepare('SELECT (SELECT count(*) FROM "window") + (SELECT count(*) FROM tick)').pluck();
  for (let n = 0; n < 100; n++) {
    store.addWindow(windowAt(n));
    store.addScore(scoreAt(n));
    store.addTrust(pointAt(n));
  }
  assert.equal(rows.get(), 0);
  store.flush();
  assert.equal(rows.get(), 300);
});

test('a full disk loses nothing: the rows wait for the next flush', async (t) => {
  const { store, path } = await onDisk(t);
  const { store: small, db } = withPageLimit(path);
  for (let n = 0; n < 500; n++) small.addWindow({ ...windowAt(n), vector: new Float32Array(140) });
  assert.throws(() => small.flush(), {
    name: 'StoreError',
    kind: 'full',
    message: /No space is left .*seclyzer\.db.*Free some/,
  });
  assert.equal(store.windows('keystroke', 1000).length, 0, 'a half-written batch must not be seen');
  db.pragma('max_page_count = 1000000');
  small.flush();
  assert.deepEqual(
    store.windows('keystroke', 1000).map((window) => window.ts),
    Array.from({ length: 500 }, (_, n) => n),
  );
  db.close();
});

/** A store that SQLite lets grow by ten pages only, the nearest thing to a full disk that needs no rights. */
function withPageLimit(path: string): { readonly store: Store; readonly db: Database } {
  const db = new (loadDriver())(path);
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 10}`);
  return { store: createSqliteStore(db, path, createCipher(testKey())), db };
}

test('a value that a table could not hold is refused when it is added and spoils no batch', () => {
  const store = openMemoryStore();
  store.addScore(scoreAt(1));
  assert.throws(() => store.addScore({ ...scoreAt(2), llr: NaN }), /score\.llr must be a finite number, not NaN/);
  assert.throws(() => store.addScore({ ...scoreAt(2.5) }), /score\.ts must be a whole number/);
  assert.throws(() => store.addTrust({ ...pointAt(1), low: -Infinity }), /trust\.low must be a finite number/);
  assert.throws(() => store.addAudit(entryAt(NaN)), /audit\.atMs must be a finite number/);
  assert.throws(
    () => store.addDecision({ ...decisionAt(1), points: { mouse: NaN } }),
    /points\.mouse must be a finite/,
  );
  assert.equal(store.scores(0, 10).length, 1);
});

test('windows: the newest of their modality, oldest first, until they are forgotten', async (t) => {
  const { store, other } = await onDisk(t);
  for (const ts of [30, 10, 50, 20, 40]) store.addWindow(windowAt(ts));
  store.addWindow(windowAt(60, 'mouse'));
  assert.deepEqual(
    store.windows('keystroke', 3).map((window) => window.ts),
    [30, 40, 50],
  );
  store.clearWindows('keystroke');
  assert.deepEqual(other.prepare('SELECT ts FROM "window"').pluck().all(), [60]);
});

test('scores and decisions: within their span, in their order', () => {
  const store = openMemoryStore();
  for (const ts of [3, 1, 2, 4]) store.addScore(scoreAt(ts));
  for (const atMs of [1, 3, 2]) store.addDecision(decisionAt(atMs));
  assert.deepEqual(
    store.scores(2, 3).map((score) => score.ts),
    [2, 3],
  );
  assert.deepEqual(
    store.decisions(2).map((decision) => decision.atMs),
    [3, 2],
  );
});

test('decisions and audit entries: the newest of their period first, both ends included', () => {
  const store = openMemoryStore();
  for (const atMs of [20, 10, 50, 30.5, 40]) {
    store.addDecision(decisionAt(atMs));
    store.addAudit(entryAt(atMs));
  }
  for (const read of [store.decisions, store.audit]) {
    const times = (limit: number, fromMs?: number, toMs?: number): readonly number[] =>
      read(limit, fromMs, toMs).map(({ atMs }) => atMs);
    assert.deepEqual(times(10), [50, 40, 30.5, 20, 10]);
    assert.deepEqual(times(2), [50, 40]);
    assert.deepEqual(times(10, 20), [50, 40, 30.5, 20]);
    assert.deepEqual(times(10, undefined, 30.5), [30.5, 20, 10]);
    assert.deepEqual(times(2, 20, 40), [40, 30.5]);
    assert.deepEqual(times(10, 51, 60), []);
  }
});

test('two audit entries of one moment: the later one is the newer', () => {
  const store = openMemoryStore();
  for (const text of ['first', 'second']) store.addAudit({ atMs: 5, kind: 'setting', text });
  assert.deepEqual(
    store.audit(10).map(({ text }) => text),
    ['second', 'first'],
  );
});

test('scores and trust: a second one of the same moment replaces the first', () => {
  const store = openMemoryStore();
  for (const llr of [1, 2]) store.addScore({ ...scoreAt(5), llr });
  store.addScore({ ...scoreAt(5), modality: 'app', llr: 3 });
  for (const state of ['NORMAL', 'LOCKDOWN'] as const) store.addTrust(pointAt(5, state));
  const scores = store.scores(0, 9).map(({ modality, llr }) => [modality, llr]);
  assert.deepEqual(scores, [
    ['mouse', 2],
    ['app', 3],
  ]);
  assert.deepEqual(store.trust(0, 9, 9), [pointAt(5, 'LOCKDOWN')]);
});

test('models: the newest version of each name', () => {
  const store = openMemoryStore();
  for (const [name, version] of [
    ['a', 2],
    ['a', 10],
    ['b', 1],
    ['a', 9],
  ] as const)
    store.addModel(model(name, version));
  assert.deepEqual(store.models(), [model('a', 10), model('b', 1)]);
});

test('trust: thinned, changes of state kept', () => {
  const store = openMemoryStore();
  // One point a second, RESTRICTED in seconds 41 and 42 alone: changes at 41 and 43.
  for (let n = 0; n <= 100; n++) store.addTrust(pointAt(n * 1000, n === 41 || n === 42 ? 'RESTRICTED' : 'NORMAL'));
  const times = (from: number, to: number, max: number): readonly number[] =>
    store.trust(from * 1000, to * 1000, max).map((point) => point.atMs / 1000);
  // 7 less 2 changes leave 5: both ends, and the middles of 1-33, 34-66 and 67-99.
  assert.deepEqual(times(0, 100, 7), [0, 17, 41, 43, 50, 83, 100]);
  assert.deepEqual(times(0, 4, 5), [0, 1, 2, 3, 4]);
});

test('prune keeps 30 days of scores, trust and decisions, and 4,000 windows of a modality', () => {
  const store = openMemoryStore();
  const nowMs = 1_700_000_000_000;
  for (const daysAgo of [31, 29]) {
    store.addScore(scoreAt((nowMs - daysAgo * DAY_MS) * 1000));
    store.addTrust(pointAt(nowMs - daysAgo * DAY_MS));
    store.addDecision(decisionAt(nowMs - daysAgo * DAY_MS));
  }
  for (let n = 0; n < 4010; n++) store.addWindow(windowAt(n));
  for (let n = 0; n < 10; n++) store.addWindow(windowAt(n, 'mouse'));
  store.prune(nowMs);
  assert.deepEqual(
    store.scores(0, Number.MAX_SAFE_INTEGER).map((score) => score.ts),
    [(nowMs - 29 * DAY_MS) * 1000],
  );
  assert.deepEqual(
    store.trust(0, nowMs, 10).map((point) => point.atMs),
    [nowMs - 29 * DAY_MS],
  );
  assert.equal(store.decisions(10).length, 1);
  const windows = store.windows('keystroke', 10_000);
  assert.equal(windows.length, 4000);
  assert.equal(windows[0]?.ts, 10);
  assert.equal(store.windows('mouse', 100).length, 10);
});

test('prune keeps as many days as it is told, and the newest 20,000 entries of the audit log', () => {
  const store = openMemoryStore();
  const nowMs = 1_700_000_000_000;
  for (const daysAgo of [3, 1]) store.addTrust(pointAt(nowMs - daysAgo * DAY_MS));
  for (let n = 0; n < 10_003; n++) {
    store.addDecision(decisionAt(nowMs + n));
    store.addAudit(entryAt(nowMs + n));
    // More rows than may wait.
    if (n % 2000 === 0) store.flush();
  }
  store.prune(nowMs, 2);
  assert.deepEqual(
    store.trust(0, nowMs, 10).map(({ atMs }) => atMs),
    [nowMs - DAY_MS],
  );
  assert.deepEqual([store.decisions(20_000).length, store.audit(20_000).length], [10_000, 10_000]);
  const [decision] = store.decisions(1, 0, nowMs + 5);
  assert.deepEqual([decision?.atMs, store.audit(10, 0, nowMs + 3)], [nowMs + 5, [entryAt(nowMs + 3)]]);
});

test('prune drops decisions and audit entries of former days', () => {
  const store = openMemoryStore();
  const nowMs = 1_700_000_000_000;
  for (const daysAgo of [300, 1]) {
    store.addDecision(decisionAt(nowMs - daysAgo * DAY_MS));
    store.addAudit(entryAt(nowMs - daysAgo * DAY_MS));
  }
  store.prune(nowMs, 7);
  assert.deepEqual([store.decisions(9).length, store.audit(9).length], [1, 1]);
});

test('a clock that is wrong by years takes nothing away', () => {
  const store = openMemoryStore();
  const nowMs = 1_700_000_000_000;
  for (const daysAgo of [20, 1]) store.addTrust(pointAt(nowMs - daysAgo * DAY_MS));
  store.prune(nowMs + 3650 * DAY_MS, 30);
  assert.equal(store.trust(0, nowMs, 9).length, 2);
});

test('prune gives freed pages back to the disk', async (t) => {
  const { store, other } = await onDisk(t);
  for (let n = 0; n < 5000; n++) store.addWindow({ ...windowAt(n), vector: new Float32Array(140).fill(n) });
  store.flush();
  const before = Number(other.pragma('page_count', { simple: true }));
  store.prune(1_700_000_000_000);
  const after = Number(other.pragma('page_count', { simple: true }));
  // 1,000 vectors of 560 bytes and the 29 of their seals, six to a page of 4,096: some 166 pages.
  assert.ok(before - after > 120, `${before} pages before, ${after} after`);
  assert.equal(other.pragma('freelist_count', { simple: true }), 0);
});

test('the size is that of the files; closing twice is fine, writing after it is not', async (t) => {
  const { store, other, path } = await onDisk(t);
  for (let n = 0; n < 1000; n++) store.addScore(scoreAt(n));
  store.flush();
  const files = [path, `${path}-wal`, `${path}-shm`].map((file) => statSync(file).size);
  assert.equal(
    store.sizeBytes(),
    files.reduce((sum, size) => sum + size),
  );
  store.addScore(scoreAt(2000));
  store.close();
  store.close();
  assert.equal(other.prepare('SELECT count(*) FROM tick').pluck().get(), 1001, 'closing writes what waits');
  assert.throws(() => store.addScore(scoreAt(1)), /seclyzer\.db is closed/);
  assert.throws(() => store.flush(), /seclyzer\.db is closed/);
});
