// An hour of typing with words in it that stand nowhere else, through the whole agent at a thousand times its speed: no byte that it writes, answers or tells holds any of them, neither sealed nor unsealed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { CallArg, CallName, Notification, Push } from '../../../src-preload/contract.ts';
import { startAgent, type Agent } from '../agent.ts';
import { keyChanges, typistByName } from '../collect/synthetic.ts';
import { typeText } from '../collect/typist-typing.ts';
import { createRandom } from '../learn/random.ts';
import { USUAL, writeText } from '../learn/writer.fixture.ts';
import { syntheticOptions } from '../options.fixture.ts';
import { testFolder } from '../store/test-folder.ts';
import { canariesIn, filesIn, unpackedOf, type Written } from './canary-search.fixture.ts';

const WORDS = ['quorvexing', 'zemblatitude', 'wyvhackle'];
const START_US = 1_704_704_400_000_000;
const HOUR_MS = 3_600_000;
/** Ten minutes of typing, then as many without. */
const SITTING_MS = 600_000;
/** What he writes in an hour of that, and somewhat more. */
const WORDS_AN_HOUR = 1600;

test('the search finds what is planted, in every form, and nothing where there is nothing', (t) => {
  const folder = testFolder(t);
  const [word = ''] = WORDS;
  const codes = [16, 22, 24, 19, 47, 18, 45, 23, 49, 34];
  const planted: Readonly<Record<string, Buffer>> = {
    'UTF-8': Buffer.from(`so said QuorVexing, and left`),
    'UTF-16': Buffer.from('xx QUORVEXING', 'utf16le'),
    'key symbols': Buffer.from(Uint32Array.from(Buffer.from(word)).buffer),
    'key codes, a byte each': Buffer.from(codes),
    'key codes, two bytes each': Buffer.from(Uint16Array.from(codes, (code) => code + 8).buffer),
    'key codes, four bytes each': Buffer.from(Uint32Array.from(codes).buffer),
    'key codes as a list': Buffer.from(JSON.stringify({ codes })),
    'keys as JSON': Buffer.from(JSON.stringify([...word])),
    hexadecimal: Buffer.from(Buffer.from(word).toString('hex')),
    base64: Buffer.from(Buffer.from(`a title with Quorvexing in it`).toString('base64')),
  };
  writeFileSync(path.join(folder, 'clean'), 'nothing of it stands here: vexing, quor');
  assert.deepEqual(canariesIn(WORDS, filesIn(folder)), []);
  for (const [form, bytes] of Object.entries(planted)) {
    const where = path.join(folder, form);
    writeFileSync(where, Buffer.concat([Buffer.from([1, 2, 3]), bytes, Buffer.from([4, 5, 6])]));
    const traces = canariesIn(WORDS, [{ where, bytes: readFileSync(where) }]);
    assert.ok(
      traces.some((trace) => trace.form === form && trace.word === word),
      `${form}: ${JSON.stringify(traces)}`,
    );
  }
});

/** The invented typist at work, the canaries in each line. */
function recording(): string {
  const text = writeText(USUAL, WORDS_AN_HOUR, createRandom(2)).replaceAll('\n', ` ${WORDS.join(' ')}.\n`);
  const keys = keyChanges(typeText(typistByName('ada'), `\n${text}`, createRandom(3))).map((one) => ({
    ...one,
    atMs: one.atMs + Math.floor(one.atMs / SITTING_MS) * SITTING_MS,
  }));
  assert.ok((keys.at(-1)?.atMs ?? 0) >= HOUR_MS - SITTING_MS);
  return keys
    .filter(({ atMs }) => atMs < HOUR_MS)
    .map(({ atMs, key, event }) =>
      JSON.stringify({ type: 'keystroke', ts: START_US + Math.round(1000 * atMs), key, event }),
    )
    .join('\n');
}

/** Every answer that can be asked for without changing anything. */
const READS: { readonly [K in CallName]?: CallArg<K> } = {
  snapshot: null,
  trustHistory: { minutes: 90 },
  decisions: { limit: 500 },
  audit: { limit: 500 },
  moment: { atMs: START_US / 1000 + HOUR_MS / 2 },
  settings: null,
  learning: null,
  keptData: null,
  drill: null,
  incidents: { limit: 500 },
  logAlerts: { limit: 500 },
  guard: null,
  host: null,
};

async function answersOf(agent: Agent): Promise<readonly Written[]> {
  const answers: Written[] = [];
  for (const [name, arg] of Object.entries(READS)) {
    const handler = agent.handlers[name as CallName] as (arg: unknown) => Promise<unknown>;
    answers.push({ where: `the call ${name}`, bytes: Buffer.from(JSON.stringify(await handler(arg))) });
  }
  return answers;
}

async function apiOf(agent: Agent, dataDir: string): Promise<readonly Written[]> {
  const { api } = await agent.handlers.settings(null);
  assert.ok(api.url !== null, 'the API is there');
  const base = api.url.replace(/\/$/, '');
  const headers = { authorization: `Bearer ${readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim()}` };
  const places = [
    '/',
    '/trust',
    '/stats',
    '/events',
    '/alerts',
    '/anomalies',
    '/trends',
    '/budget',
    '/metrics',
    '/metrics/realtime',
    '/healthz',
  ];
  const refused = { type: 'keystroke', ts: 'never', key: WORDS[0], event: WORDS[1] };
  return Promise.all([
    ...places.map(async (place) => {
      const answer = await fetch(base + place, { headers });
      assert.equal(answer.status, 200, place);
      return { where: `the API at ${place}`, bytes: Buffer.from(await answer.arrayBuffer()) };
    }),
    // What is refused is not repeated either.
    fetch(`${base}/ingest`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify([refused]),
    }).then(async (answer) => ({ where: 'the API at /ingest', bytes: Buffer.from(await answer.arrayBuffer()) })),
  ]);
}

test('an hour of typed canary words leaves no trace in what is written, answered, told or exported', async (t) => {
  const folder = testFolder(t);
  const dataDir = path.join(folder, 'data');
  const [file, settingsFile] = [path.join(folder, 'hour.jsonl'), path.join(folder, 'settings.json')];
  writeFileSync(file, recording());
  assert.ok(canariesIn(WORDS.slice(0, 1), [{ where: file, bytes: Buffer.from(WORDS[0] ?? '') }]).length > 0);
  writeFileSync(settingsFile, JSON.stringify({ modalities: { linguistic: true }, api: { enabled: true, port: null } }));
  const told: Written[] = [];
  const tell = (where: string, what: unknown): void =>
    void told.push({ where, bytes: Buffer.from(JSON.stringify(what)) });
  const notifications: Notification[] = [];
  const agent = await startAgent({
    options: {
      ...syntheticOptions(dataDir),
      ...{ settingsFile, enrol: { keystroke: 600, linguistic: 600 } },
      source: { kind: 'replay', files: [file], speed: 1000 },
    },
    version: '1',
    onStatus: (status) => tell('the status', status),
    onNotification: (notification) => notifications.push(notification),
  });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= agent.stop());
  t.after(stop);
  const ended = Promise.withResolvers<void>();
  let afterTheEnd = 0;
  agent.subscribe((push: Push) => {
    tell(`a push ${push.push}`, push);
    if (push.push !== 'snapshot') return;
    const missing = push.data.modalities.map(({ reason }) => reason).join(' ');
    if (missing.includes('the recording has ended') && ++afterTheEnd === 3) ended.resolve();
  });
  await ended.promise;
  const answers = [...(await answersOf(agent)), ...(await apiOf(agent, dataDir))];
  let exported = '';
  for await (const piece of agent.exported({ fromMs: null, toMs: null })) exported += piece;
  const plain = { where: 'the export', bytes: Buffer.from(exported) };
  const during = filesIn(dataDir);
  await stop();
  const everything = [
    ...[...told, ...answers, plain, ...unpackedOf(plain)],
    ...notifications.map((one) => ({ where: 'a notification', bytes: Buffer.from(JSON.stringify(one)) })),
    ...[...during, ...filesIn(dataDir)],
  ];
  // There is something to be found in: it has learned, told of it, and written.
  const kept = JSON.parse(exported) as Readonly<Record<string, readonly unknown[]>>;
  assert.ok((kept['models']?.length ?? 0) >= 2, 'models of typing and writing');
  assert.ok((kept['decisions']?.length ?? 0) > 0 && notifications.length > 0, 'a decision, and it was told');
  assert.ok(unpackedOf(plain).length > 0, 'something lies packed in it');
  assert.ok(during.some(({ where }) => where.endsWith('seclyzer.db-wal')));
  assert.deepEqual(canariesIn(WORDS, everything), []);
});
