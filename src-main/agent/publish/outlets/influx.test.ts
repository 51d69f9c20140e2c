import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fakeAlarm } from '../../collect/fake-alarm.fixture.ts';
import { createCipher } from '../../store/cipher.ts';
import { testFolder } from '../../store/test-folder.ts';
import { createInfluxOutlet, type InfluxOutlet } from './influx-outlet.ts';
import { sendLines, sentOf, travelsInPlain, type Sent } from './influx-send.ts';
import type { ScoreRecord } from './outlet-record.ts';
import { openSpool, type Spool } from './spool.ts';

const cipher = createCipher(new Uint8Array(32).fill(7));
const TAGS = { host: 'desk', user: 'ada' };
const score = (ts: number, trust = 91): ScoreRecord => ({
  ...{ kind: 'score', ts, trust, low: null, high: null, state: 'NORMAL', modalities: [] },
});
const lineAt = (ts: number): string =>
  `confidence_scores,host=desk,modality=all,user=ada trust=91,state="NORMAL" ${ts}`;

/** A clock in the hands of the test, a database that answers what it is told to, and what it was given. */
function stage(t: TestContext, mostBytes = 1e6) {
  const dir = testFolder(t);
  const alarm = fakeAlarm();
  const taken: string[][] = [];
  const tried: string[][] = [];
  const told: (string | null)[] = [];
  let answer: Sent = { kind: 'taken' };
  const open = (): {
    readonly outlet: InfluxOutlet;
    readonly spool: Spool;
    readonly seconds: (count: number) => Promise<void>;
  } => {
    const spool = openSpool(join(dir, 'spool'), cipher, mostBytes);
    const outlet = createInfluxOutlet({
      ...{ tags: TAGS, alarm, random: () => 1, notice: (text) => told.push(text), spool },
      rejected: openSpool(join(dir, 'rejected'), cipher, 1e6),
      send: async (body) => {
        const lines = gunzipSync(body).toString().split('\n');
        tried.push(lines);
        if (answer.kind === 'taken') taken.push(lines);
        return answer;
      },
    });
    const seconds = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) {
        await alarm.pass(1000);
        await outlet.settled();
      }
    };
    return { outlet, spool, seconds };
  };
  return { taken, tried, told, open, answers: (now: Sent): void => void (answer = now) };
}

const AWAY: Sent = { kind: 'later', reason: "db can't be reached: nothing listens there", afterMs: null };

test('once a second, all that came in it', async (t) => {
  const { taken, open } = stage(t);
  const { outlet, seconds } = open();
  await seconds(1);
  assert.deepEqual(taken, []);
  for (const ts of [1, 2, 3]) outlet.take(score(ts));
  await seconds(1);
  outlet.take(score(4));
  await seconds(1);
  assert.deepEqual(taken, [[lineAt(1), lineAt(2), lineAt(3)], [lineAt(4)]]);
  const { status, sent } = outlet.view();
  assert.deepEqual([status, sent], ['sending', 4]);
  await outlet.stop();
});

test('while it is away everything waits on the disk, over a restart, and goes in its order when it is back', async (t) => {
  const { taken, tried, told, open, answers } = stage(t);
  const before = open();
  answers(AWAY);
  for (let ts = 1; ts <= 40; ts += 1) {
    before.outlet.take(score(ts));
    await before.seconds(1);
  }
  assert.equal(before.outlet.view().status, 'waiting');
  // After 1, 2, 4, 8 and 16 seconds: at 1, 2, 4, 8, 16 and 32, as the clock of a second allows.
  assert.ok(tried.length >= 5 && tried.length <= 7, `${tried.length} tries in 40 s`);
  assert.match(
    told.findLast((text) => text !== null) ?? '',
    /^Nothing goes to the database now, and waits on the disk: db can't be/,
  );
  await before.outlet.stop();

  const after = open();
  answers({ kind: 'taken' });
  after.outlet.take(score(41));
  await after.seconds(12);
  assert.deepEqual(
    taken.flat(),
    Array.from({ length: 41 }, (_, i) => lineAt(i + 1)),
  );
  assert.deepEqual([after.spool.state().batches, after.outlet.view().status, told.at(-1)], [0, 'sending', null]);
  await after.outlet.stop();
});

test('what waits is bounded: the oldest is let go and counted', async (t) => {
  const { open, answers } = stage(t, 300);
  const { outlet, spool, seconds } = open();
  answers(AWAY);
  for (let ts = 1; ts <= 120; ts += 1) {
    outlet.take(score(ts));
    await seconds(1);
  }
  assert.ok(spool.state().bytes <= 300);
  assert.ok(outlet.view().dropped > 50, `${outlet.view().dropped} let go`);
  await outlet.stop();
});

test('a wait that the server asks for is kept to; a refusal waits for somebody', async (t) => {
  const { tried, told, open, answers } = stage(t);
  const { outlet, seconds } = open();
  answers({ kind: 'later', reason: 'the database answered 429', afterMs: 30_000 });
  outlet.take(score(1));
  await seconds(1);
  await seconds(28);
  assert.equal(tried.length, 1);
  answers({ kind: 'refused', reason: 'the database answered 401', fix: 'Put in a token.' });
  await seconds(4);
  const { status, reason, fix } = outlet.view();
  assert.deepEqual([status, reason, fix], ['refused', 'the database answered 401', 'Put in a token.']);
  assert.match(told.at(-1) ?? '', /waits on the disk: the database answered 401\. Put in a token\.$/);
  await outlet.stop();
});

test('what will never be taken is kept aside with its reason, and the rest goes on', async (t) => {
  const { taken, open, answers } = stage(t);
  const { outlet, seconds } = open();
  answers({ kind: 'rejected', reason: 'the database answered 400: field type conflict' });
  outlet.take(score(1));
  await seconds(1);
  answers({ kind: 'taken' });
  outlet.take(score(2));
  await seconds(1);
  assert.deepEqual(taken, [[lineAt(2)]]);
  assert.deepEqual(outlet.rejected(), [
    { reason: 'the database answered 400: field type conflict', count: 1, lines: [lineAt(1)] },
  ]);
  assert.equal(outlet.view().rejected, 1);
  await outlet.stop();
});

/** InfluxDB 2 as its documentation has it: token, organisation, bucket and precision must be right, and the body gzip. */
async function strictInflux(t: TestContext) {
  const bodies: string[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '', 'http://localhost');
    const fail = (status: number, code: string, message: string): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
    if (request.method !== 'POST' || url.pathname !== '/api/v2/write') return fail(404, 'not found', 'path not found');
    if (request.headers.authorization !== 'Token good') return fail(401, 'unauthorized', 'unauthorized access');
    if (url.searchParams.get('org') !== 'home') return fail(404, 'not found', 'organization name not found');
    if (url.searchParams.get('bucket') !== 'seclyzer') return fail(404, 'not found', 'bucket "x" not found');
    if (url.searchParams.get('precision') !== 'us') return fail(400, 'invalid', 'invalid precision');
    if (request.headers['content-encoding'] !== 'gzip') return fail(400, 'invalid', 'gzip expected');
    const body = gunzipSync(Buffer.concat(parts)).toString();
    if (body.includes('bad')) return fail(422, 'unprocessable entity', 'field type conflict');
    bodies.push(body);
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}
const packed = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));

test('a strict InfluxDB 2: what it takes, and what each of its refusals is taken for', async (t) => {
  const { url, bodies } = await strictInflux(t);
  const good = { url: `${url}/`, org: 'home', bucket: 'seclyzer', token: 'good' };
  assert.deepEqual(await sendLines(packed('m f=1 1'), good), { kind: 'taken' });
  assert.deepEqual(bodies, ['m f=1 1']);
  const kinds = [
    [{ ...good, token: null }, 'refused', 401],
    [{ ...good, token: 'bad' }, 'refused', 401],
    [{ ...good, org: '' }, 'refused', 404],
    [{ ...good, bucket: 'x' }, 'refused', 404],
  ] as const;
  for (const [target, kind, status] of kinds) {
    const sent = await sendLines(packed('m f=1 1'), target);
    assert.equal(sent.kind, kind);
    assert.match(sent.kind === 'refused' ? sent.reason : '', new RegExp(`answered ${status}: `));
  }
  const conflict = await sendLines(packed('bad f=1 1'), good);
  assert.deepEqual(conflict, { kind: 'rejected', reason: 'the database answered 422: field type conflict' });
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const host = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((done) => closed.close(done));
  const nobody = await sendLines(packed('m f=1 1'), { ...good, url: `http://${host}` });
  assert.deepEqual(nobody, { kind: 'later', reason: `${host} can't be reached: nothing listens there`, afterMs: null });
});

test('by status: later, with the time that was asked for', () => {
  assert.deepEqual(sentOf(204, null, ''), { kind: 'taken' });
  assert.deepEqual(sentOf(429, '30', ''), { kind: 'later', reason: 'the database answered 429', afterMs: 30_000 });
  assert.deepEqual(sentOf(503, 'Fri, 31 Dec 1999 23:59:59 GMT', ' down \n now '), {
    ...{ kind: 'later', reason: 'the database answered 503: down now', afterMs: null },
  });
  assert.equal(sentOf(413, null, '').kind, 'rejected');
});

test('what can be read on its way is known', () => {
  for (const url of ['http://127.0.0.1:8428', 'http://localhost', 'http://[::1]:8086', 'https://db.example'])
    assert.equal(travelsInPlain(url), false, url);
  for (const url of ['http://db.example:8086', 'http://192.0.2.1', 'http://127.0.0.1.example'])
    assert.equal(travelsInPlain(url), true, url);
});

const noVictoria =
  spawnSync('victoria-metrics', ['-version']).error === undefined
    ? false
    : 'victoria-metrics is not installed: apt-get install victoria-metrics';

test(
  'a real VictoriaMetrics takes it, is stopped, comes back, and has every second of it',
  { skip: noVictoria, timeout: 60_000 },
  async (t) => {
    const folder = testFolder(t);
    const port = 20_000 + (process.pid % 20_000);
    const start = async (): Promise<() => Promise<void>> => {
      const flags = [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${folder}/data`, '-retentionPeriod=1'];
      const child = spawn('victoria-metrics', flags, { stdio: 'ignore' });
      const exited = once(child, 'exit');
      t.after(() => child.kill('SIGKILL'));
      for (let i = 0; i < 200; i += 1) {
        if ((await fetch(`http://127.0.0.1:${port}/health`).catch(() => null))?.ok === true) break;
        await sleep(50);
      }
      return async () => {
        child.kill();
        await exited;
      };
    };
    const stop = await start();
    const alarm = fakeAlarm();
    const target = { url: `http://127.0.0.1:${port}`, org: '', bucket: 'seclyzer', token: null };
    const spool = openSpool(join(folder, 'spool'), cipher, 1e6);
    const outlet = createInfluxOutlet({
      ...{ tags: TAGS, alarm, random: () => 0, notice: () => undefined, spool },
      rejected: openSpool(join(folder, 'rejected'), cipher, 1e6),
      send: (body) => sendLines(body, target),
    });
    const fromS = Math.floor(Date.now() / 1000) - 120;
    const second = async (i: number): Promise<void> => {
      outlet.take(score((fromS + i) * 1e6, i));
      await alarm.pass(1000);
      // What is sent is answered by the clock of the world.
      await outlet.settled();
    };
    for (let i = 0; i < 10; i += 1) await second(i);
    await stop();
    for (let i = 10; i < 40; i += 1) await second(i);
    assert.ok(spool.state().batches > 0);
    const end = await start();
    for (let tries = 0; tries < 300 && outlet.view().sent < 40; tries += 1) {
      await alarm.pass(1000);
      await sleep(20);
    }
    assert.equal(outlet.view().sent, 40);
    await fetch(`http://127.0.0.1:${port}/internal/force_flush`);
    const query = new URLSearchParams({ 'match[]': 'confidence_scores_trust{host="desk",user="ada",modality="all"}' });
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/export?${query.toString()}`);
    const { values, timestamps } = JSON.parse(await answer.text()) as { values: number[]; timestamps: number[] };
    assert.deepEqual(
      values,
      Array.from({ length: 40 }, (_, i) => i),
    );
    assert.deepEqual(
      timestamps,
      Array.from({ length: 40 }, (_, i) => (fromS + i) * 1000),
    );
    await outlet.stop();
    await end();
  },
);
