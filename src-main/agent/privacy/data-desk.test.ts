// A whole agent with an invented typist: what is exported, what is deleted, and what it says of either.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { DEFAULT_USER_SETTINGS, type DataPart, type Deletion } from '../../../src-preload/contract.ts';
import { startAgent, type Agent } from '../agent.ts';
import { syntheticOptions } from '../options.fixture.ts';
import { openSealed } from '../open-data.ts';
import { createCipher } from '../store/cipher.ts';
import { openMemoryStore } from '../store/open-store.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { createDataDesk, type DataDesk } from './data-desk.ts';
import { EXPORT_SECTIONS } from './export-text.ts';

const DAY = 86_400_000;
const ALL: Deletion = {
  ...{ parts: ['learned', 'history', 'machine', 'guard', 'log'], modality: null, fromMs: null, toMs: null },
};

/** A folder in which two days of use lie already, and an agent on it. */
async function running(
  t: TestContext,
): Promise<{ readonly agent: Agent; readonly folder: string; readonly nowMs: number }> {
  const folder = testFolder(t);
  const nowMs = Date.now();
  const { store } = await openSealed(folder, null);
  for (let n = 0; n < 48; n++) {
    const atMs = nowMs - 2 * DAY + (n * DAY) / 24;
    store.addTrust({ atMs, trust: 90, low: 80, high: 95, state: 'NORMAL' });
    store.addScore({ ts: Math.round(atMs) * 1000, modality: 'keystroke', raw: 1, llr: 1, points: 1 });
    store.addWindow({
      ...{ ts: Math.round(atMs) * 1000, modality: 'mouse', profile: 1, events: 9, newEvents: 3 },
      vector: new Float32Array(38).fill(n),
    });
    store.addDecision({
      atMs,
      from: 'NORMAL',
      to: 'MONITORING',
      trust: 60,
      points: { mouse: -3 },
      reason: `reason ${n}`,
    });
    store.addAudit({ atMs, kind: 'setting', text: `entry ${n}` });
  }
  store.set('keystroke-statistics 1', 'typing');
  store.close();
  const agent = await startAgent({ options: syntheticOptions(folder), version: '1.2.3' });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= agent.stop());
  t.after(stop);
  return { agent: { ...agent, stop }, folder, nowMs };
}

async function exported(agent: Agent, fromMs: number | null = null, toMs: number | null = null) {
  const pieces: string[] = [];
  for (let id: number | null = null; ;) {
    const piece: Awaited<ReturnType<typeof next>> = await next(id);
    if (piece.done) break;
    [id] = [piece.id];
    pieces.push(piece.text);
  }
  return JSON.parse(pieces.join('')) as Record<string, unknown[]> & { readonly version: unknown };

  function next(id: number | null) {
    return agent.handlers.exportPiece({ id, period: { fromMs, toMs } });
  }
}

test('everything that is kept is exported, under the names that the format says, and a period is cut', async (t) => {
  const { agent, nowMs } = await running(t);
  const all = await exported(agent);
  assert.deepEqual([all['format'], all.version, all['program']], ['seclyzer-export', 1, '1.2.3']);
  const head = new Set(['format', 'version', 'program', 'madeMs', 'period', 'settings']);
  for (const name of Object.keys(all)) assert.ok(head.has(name) || Object.hasOwn(EXPORT_SECTIONS, name), name);
  assert.equal(all['decisions']?.length, 48);
  assert.equal(all['windows']?.length, 48);
  const windows = all['windows'] as readonly { readonly vector: unknown }[];
  assert.deepEqual(windows[7]?.vector, Array<number>(38).fill(7));
  const rows = (all['series'] ?? []).flatMap((one) => {
    const { stream, rows: some } = one as { readonly stream?: string; readonly rows?: readonly unknown[] };
    return stream === 'trust' ? (some ?? []) : [];
  });
  assert.ok(rows.length >= 48);
  const facts = new Map((all['facts'] ?? []).map((fact) => Object.values(fact as object) as [string, unknown]));
  assert.equal(facts.get('keystroke-statistics 1'), 'typing');
  assert.ok(!facts.has('key-check'));
  const day = await exported(agent, nowMs - 2 * DAY, nowMs - DAY - 1);
  assert.equal(day['decisions']?.length, 24);
  assert.equal(day['audit']?.length, 24);
  assert.equal(day['facts'], undefined);
  const [newest] = await agent.handlers.audit({ limit: 1 });
  assert.equal(newest?.kind, 'export');
});

test('an export goes to the downloads as a file for its owner alone', async (t) => {
  const { agent, folder } = await running(t);
  const { HOME, XDG_CONFIG_HOME } = process.env;
  t.after(() => Object.assign(process.env, { HOME, XDG_CONFIG_HOME }));
  Object.assign(process.env, { HOME: folder, XDG_CONFIG_HOME: folder });
  writeFileSync(path.join(folder, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${folder}"\n`);
  const { path: file, bytes } = await agent.handlers.exportFile({ fromMs: null, toMs: null });
  assert.equal(path.dirname(file), folder);
  const packed = readFileSync(file);
  assert.equal(packed.length, bytes);
  assert.equal(JSON.parse(gunzipSync(packed).toString()).decisions.length, 48);
});

test('a period is deleted, said, and written down; what is outside of it stays', async (t) => {
  const { agent, nowMs } = await running(t);
  const [fromMs, toMs] = [nowMs - 2 * DAY, nowMs - DAY - 1];
  const gone = await agent.handlers.deleteData({ ...ALL, parts: ['learned', 'history', 'log'], fromMs, toMs });
  assert.deepEqual([gone.readings, gone.decisions, gone.entries, gone.windows, gone.models], [48, 24, 24, 24, 0]);
  assert.match(
    gone.sentence,
    /^Deleted 48 readings, 24 decisions, 24 learned stretches of use,? and 24 entries of the log of /,
  );
  assert.match(gone.sentence, /can’t be taken apart by date/);
  const [newest] = await agent.handlers.audit({ limit: 1 });
  assert.deepEqual([newest?.kind, newest?.text], ['deletion', gone.sentence]);
  const left = await exported(agent);
  assert.equal(left['decisions']?.length, 24);
  assert.equal(left['windows']?.length, 24);
});

test('all of it is deleted: learning begins anew, and nothing comes back when the agent stops', async (t) => {
  const { agent, folder } = await running(t);
  const before = await agent.handlers.keptData(null);
  const bytes = (kept: typeof before, part: DataPart): number =>
    kept.parts.find((one) => one.part === part)?.bytes ?? NaN;
  assert.ok(bytes(before, 'history') > 1000 && bytes(before, 'learned') > 1000);
  assert.ok((before.parts[0]?.sinceMs ?? 0) > 0);
  const gone = await agent.handlers.deleteData(ALL);
  assert.match(gone.sentence, /^Deleted everything: 96 readings/);
  assert.equal(gone.unfinished, null);
  assert.ok(bytes(await agent.handlers.keptData(null), 'history') < 500);
  const { profiles } = await agent.handlers.learning(null);
  assert.deepEqual(
    profiles.map(({ name }) => name),
    ['Usual'],
  );
  await agent.stop();
  const { store } = await openSealed(folder, null);
  t.after(store.close);
  assert.deepEqual([store.decisions(5), store.windows('mouse', 5)], [[], []]);
  assert.equal(store.get('keystroke-statistics 1'), null);
  assert.deepEqual(
    store.audit(9).map(({ kind }) => kind),
    ['stop', 'deletion'],
  );
  assert.ok(!readdirSync(folder).some((name) => name.includes('damaged')));
});

test('nothing is deleted without the password, and nothing had out in doubt', async () => {
  const nothing = (): never => assert.fail('it was done all the same');
  const deskOf = (trust: number | null, refusal: string | null, doubt: string | null): DataDesk =>
    createDataDesk({
      ...{ dataDir: '/nowhere', version: '1', store: openMemoryStore(), cipher: createCipher(testKey()), tracks: [] },
      settings: () => DEFAULT_USER_SETTINGS,
      pipeline: {
        ...{ reset: nothing, settled: nothing, interrupt: nothing },
        point: (atMs) => ({ atMs, trust, low: null, high: null, state: 'NORMAL' }),
      },
      guard: { erase: nothing, exportRows: nothing, oldestMs: () => null },
      ...{ monitor: { forget: nothing }, journal: { restart: nothing }, learning: { reread: nothing } },
      ...{ drill: { refusal: () => null }, protection: { refusal: () => refusal, doubt: () => doubt } },
      ...{ audit: nothing, nowMs: () => 0, changed: nothing },
    });
  const known = deskOf(80, 'Show first that this is you.', null);
  await assert.rejects(known.remove(ALL), { message: 'Show first that this is you.' });
  assert.deepEqual([known.kept().refusal, known.kept().exportRefusal], ['Show first that this is you.', null]);
  const doubted = deskOf(null, null, 'Not while SecLyzer doubts.');
  await assert.rejects(doubted.remove(ALL), { message: 'Not while SecLyzer doubts.' });
  const period = { fromMs: null, toMs: null };
  assert.throws(() => doubted.exports.piece(null, period), { message: 'Not while SecLyzer doubts.' });
  await assert.rejects(doubted.exports.file(period), { message: 'Not while SecLyzer doubts.' });
});
