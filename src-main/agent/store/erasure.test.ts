import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { MODALITIES } from '../../../src-preload/contract.ts';
import { verifyFile } from './audit-log/verify-file.ts';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import type { Erasure } from './erasure.ts';
import { openStore } from './open-store.ts';
import { HOST_SERIES } from './series/streams.ts';
import type { Store } from './store.ts';
import { testFolder, testKey } from './test-folder.ts';

const key = testKey();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight UTC. */
const START = Date.UTC(2026, 10, 1);
/** Three days, and the hour under way. */
const NOW = START + 3 * DAY + HOUR / 2;
const EVERYTHING: Erasure = {
  parts: ['learned', 'history', 'machine', 'log'],
  modality: null,
  fromMs: -Infinity,
  toMs: Infinity,
};
const MINUTE = 60_000;

function hostRow(value: number): Float64Array {
  return new Float64Array(HOST_SERIES.length).fill(NaN).fill(value, 0, 2);
}

/** Three days of everything, every ten minutes of it. */
async function filled(t: TestContext): Promise<{ readonly store: Store; readonly folder: string }> {
  const folder = testFolder(t);
  const { store } = await openStore(folder, { key });
  t.after(() => store.close());
  for (let atMs = START; atMs < NOW; atMs += 10 * MINUTE) {
    const us = atMs * 1000;
    const n = (atMs - START) / MINUTE;
    store.addRow('host', us, hostRow(n % 97));
    store.addTrust({ atMs, trust: n % 100, low: null, high: null, state: 'NORMAL' });
    for (const modality of MODALITIES) {
      store.addScore({ ts: us, modality, raw: n, llr: n / 2, points: 1 });
      store.addWindow({ ts: us, modality, profile: 1, events: 3, newEvents: 1, vector: new Float32Array(8).fill(n) });
    }
    store.addDecision({ atMs, from: 'NORMAL', to: 'MONITORING', trust: 50, points: {}, reason: `reason ${n}` });
    store.addVerdict(atMs, 'owner');
    store.addAudit({ atMs, kind: 'setting', text: `setting ${n}` });
    store.addEvent(us, { kind: 'metric', parts: { cpu: { 'core 1': { busyPercent: n } } } });
  }
  for (const modality of MODALITIES)
    store.addModel(
      {
        ...{ modality, profile: 1, name: `${modality}-model`, version: 1, createdMs: START, why: 'enrolment' },
        ...{ events: 5, accuracy: null, file: '', sha256: 'ab', card: '{}' },
      },
      Buffer.from(`basis of ${modality}`),
    );
  const facts = [
    'keystroke-statistics 1',
    'keystroke-held-out 1',
    'mouse-held-out 1',
    'app-names',
    'profiles',
    'trust',
  ];
  for (const name of [...facts, 'monitor-learned', 'seed']) store.set(name, `{"fact":"${name}"}`);
  store.set('monitor-anomalies', JSON.stringify([{ atMs: START + DAY }, { atMs: START + 2 * DAY + HOUR }]));
  store.flush();
  store.prune(NOW);
  return { store, folder };
}

/** Every sealed part of the database, by the table it lies in. */
function sealedIn(folder: string): ReadonlyMap<string, readonly Buffer[]> {
  const db = new (loadDriver())(join(folder, 'seclyzer.db'), { readonly: true });
  const columns = {
    ...{ window: 'vector', entry: 'body', verdict: 'verdict', meta: 'value' },
    ...{ tick: 'body', chunk: 'body', event: 'body' },
  };
  const found = Object.entries(columns).map(
    ([table, column]) =>
      [
        table,
        db.prepare<[], Buffer>(`SELECT "${column}" FROM "${table}" WHERE "${column}" IS NOT NULL`).pluck().all(),
      ] as const,
  );
  const models = ['card', 'about', 'basis'].flatMap((column) =>
    db.prepare<[], Buffer>(`SELECT ${column} FROM model`).pluck().all(),
  );
  db.close();
  return new Map([...found, ['model', models]]);
}

/** How many of them lie somewhere in the files. Of the long ones, which SQLite spreads over pages, a part that lies in one page. */
function foundIn(folder: string, sealed: readonly Buffer[]): number {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const pieces = sealed.map((bytes) => bytes.subarray(1, 1 + 12 + 16));
  return pieces.filter((piece) => files.some((file) => file.includes(piece))).length;
}

test('all of it: before, every sealed part lies in the file, and afterwards none in any, and what tells nothing stays', async (t) => {
  const { store, folder } = await filled(t);
  const before = sealedIn(folder);
  const [seed, sizeBytes] = [store.get('seed'), store.sizeBytes()];
  for (const [table, sealed] of before) {
    assert.ok(sealed.length > 0, `${table} holds something`);
    assert.equal(foundIn(folder, sealed), sealed.length, `all of ${table} is found before`);
  }
  const gone = store.erase(EVERYTHING);
  const moments = (3 * DAY + HOUR / 2) / (10 * MINUTE);
  assert.deepEqual(gone, {
    ...{ readings: 6 * moments, windows: 4 * moments, models: 4, decisions: moments, entries: moments },
    unfinished: null,
  });
  for (const table of ['window', 'entry', 'verdict', 'tick', 'chunk', 'event', 'model'])
    assert.equal(foundIn(folder, before.get(table) ?? []), 0, `nothing of ${table}`);
  // Its own check of the key, the head of the log's chain, and the seed of the installation.
  assert.equal(foundIn(folder, before.get('meta') ?? []), 3);
  assert.equal((await verifyFile(join(folder, 'seclyzer.db'), createCipher(key), { version: '1.0.0' })).whole, true);
  assert.equal(store.get('seed'), seed);
  assert.equal(readFileSync(join(folder, 'seclyzer.db-wal')).length, 0);
  // What stays are the links of the chain: of each entry its moment, its kind and four hashes.
  assert.ok(store.sizeBytes() < sizeBytes / 3, `${store.sizeBytes()} of ${sizeBytes} bytes are left`);
  assert.deepEqual(store.trust(0, NOW, 100), []);
  store.close();
  assert.equal(foundIn(folder, before.get('chunk') ?? []), 0);
});

test('a span: chunks that it cuts are written anew without it, and nothing outside of it is touched', async (t) => {
  const { store, folder } = await filled(t);
  const before = sealedIn(folder);
  // A day, from the middle of one to the middle of the next, but for the last moment.
  const [fromMs, toMs] = [START + DAY / 2, START + DAY + DAY / 2 - 1];
  const rows = (): readonly number[] => store.trust(0, NOW, 10_000).map(({ atMs }) => atMs);
  const all = rows();
  const gone = store.erase({ ...EVERYTHING, fromMs, toMs });
  assert.deepEqual(gone, {
    ...{ readings: 6 * 144, windows: 4 * 144, models: 0, decisions: 144, entries: 144 },
    unfinished: null,
  });
  assert.deepEqual(
    rows(),
    all.filter((atMs) => atMs < fromMs || atMs > toMs),
  );
  assert.equal(store.scores(fromMs * 1000, toMs * 1000).length, 0);
  assert.equal(store.scores(0, NOW * 1000).length, 4 * (all.length - 144));
  // Values beside the cut are what they were: of the moment before, and of that after it.
  assert.equal(store.trust(fromMs - 10 * MINUTE, fromMs, 10)[0]?.trust, (12 * 60 - 10) % 100);
  assert.equal(store.trust(toMs, toMs + 10, 10)[0]?.trust, (36 * 60) % 100);
  const busy = store.readSeries({ series: 'cpu.busyPercent', fromMs: 0, toMs: NOW, maxPoints: 10_000 }).points;
  assert.ok(busy.every(({ atMs }) => atMs < fromMs || atMs > toMs));
  assert.deepEqual(JSON.parse(store.get('monitor-anomalies') ?? ''), [{ atMs: START + 2 * DAY + HOUR }]);
  assert.equal(store.models().length, 4);
  // No chunk that held any of it is left in its old form; the others are, for the pages were written anew but not their seals.
  const kept = sealedIn(folder);
  const lost = (table: string): Buffer[] =>
    (before.get(table) ?? []).filter((sealed) => kept.get(table)?.some((one) => one.equals(sealed)) !== true);
  for (const table of ['chunk', 'entry', 'window']) {
    assert.ok(lost(table).length > 0);
    assert.equal(foundIn(folder, lost(table)), 0, `nothing of what ${table} lost`);
  }
  assert.ok(lost('chunk').length < (before.get('chunk')?.length ?? 0));
});

test('a span inside the hour under way goes out of the memory as well', async (t) => {
  const { store } = await filled(t);
  const last = { fromMs: NOW - HOUR / 4, toMs: NOW };
  assert.ok(store.trust(last.fromMs, last.toMs, 10).length > 0);
  store.erase({ ...EVERYTHING, ...last });
  assert.deepEqual(store.trust(last.fromMs, last.toMs, 10), []);
  assert.deepEqual(store.rawEvents(last.fromMs, last.toMs), []);
});

test('a modality: its models, windows, scores and facts, and nothing of the others', async (t) => {
  const { store, folder } = await filled(t);
  const before = sealedIn(folder);
  const gone = store.erase({ ...EVERYTHING, parts: ['learned', 'history'], modality: 'keystroke' });
  assert.equal(gone.models, 1);
  assert.equal(gone.decisions + gone.entries, 0);
  assert.deepEqual(store.windows('keystroke', 10), []);
  assert.equal(store.windows('mouse', 10).length, 10);
  assert.equal(store.get('keystroke-statistics 1'), null);
  assert.equal(store.get('keystroke-held-out 1'), null);
  assert.notEqual(store.get('mouse-held-out 1'), null);
  assert.notEqual(store.get('profiles'), null);
  const scored = new Set(store.scores(0, NOW * 1000).map(({ modality }) => modality));
  assert.deepEqual([...scored].toSorted(), ['app', 'linguistic', 'mouse']);
  assert.ok(store.trust(0, NOW, 10).length > 0);
  const left = foundIn(folder, before.get('model') ?? []);
  assert.equal(left, 9, 'card, about and basis of three models of four');
});

test('an erasing that ended before the pages were written anew is brought to its end by the next opening', async (t) => {
  const { store, folder } = await filled(t);
  const before = sealedIn(folder);
  // A reader of the log keeps it from being emptied.
  const reader = new (loadDriver())(join(folder, 'seclyzer.db'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM entry').get();
  const gone = store.erase(EVERYTHING);
  assert.match(gone.unfinished ?? '', /read/);
  assert.ok(foundIn(folder, before.get('entry') ?? []) > 0, 'the log still holds some');
  reader.close();
  store.close();
  (await openStore(folder, { key })).store.close();
  assert.equal(foundIn(folder, before.get('entry') ?? []), 0);
});
