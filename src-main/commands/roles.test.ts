// The roles as processes of their own, as a user starts them, with a real Redis between them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ada, inventEvents } from '../agent/collect/synthetic.ts';
import { createRandom } from '../agent/learn/random.ts';
import { NO_REDIS, startRedis, type RedisServer } from '../agent/publish/redis/redis-server.fixture.ts';
import { appendEntries } from '../agent/roles/append.ts';
import { packEntry, sealEntry } from '../agent/roles/entry.ts';
import { linkCalls } from '../agent/roles/link-calls.ts';
import { partitionOf } from '../agent/roles/partitions.ts';
import { connect } from '../agent/roles/redis-calls.fixture.ts';
import { readScorerStatuses, type ScorerStatus } from '../agent/roles/scorer-files.ts';
import { createCipher } from '../agent/store/cipher.ts';
import { testFolder } from '../agent/store/test-folder.ts';
import { cliWithHome, NOT_BUILT } from './cli.fixture.ts';

const PARTITIONS = 5;
const { dir, start, cli } = cliWithHome();

const folder = (name: string, settings: object): string => {
  const path = join(dir, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'settings.json'), JSON.stringify(settings));
  return path;
};

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries === 200) assert.fail(`not in 20 s: ${what}`);
    await sleep(100);
  }
}

test('a role says what it lacks and does not start without it', async () => {
  const bare = folder('bare', {});
  for (const role of ['scorer', 'collector']) {
    const { code, err } = await cli('run', '--role', role, '--data', bare);
    assert.equal(code, 1);
    assert.match(
      err,
      new RegExp(`The ${role} can't start: no Redis is named\\. Put its address into .*settings\\.json`),
    );
  }
  const keyless = folder('keyless', { redis: { url: 'redis://127.0.0.1:9' } });
  const { code, err } = await cli('run', '--role', 'scorer', '--data', keyless);
  assert.equal(code, 1);
  assert.match(err, /Make one once with seclyzer fleet key, and copy it to .*fleet\.key/);

  assert.match((await cli('fleet', 'key', '--data', keyless)).out, /^The key of the fleet is in .*fleet\.key\./);
  const file = join(keyless, 'fleet.key');
  assert.match(readFileSync(file, 'utf8'), /^[0-9a-f]{64}\n$/);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = await cli('fleet', 'key', '--data', keyless);
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already/);

  const misused = await cli('run', '--role', 'scorer', '--replay', 'x', '--data', keyless);
  assert.deepEqual([misused.code, misused.err], [2, 'error: --replay makes no sense with --role scorer\n']);
  const agent = await cli('run', '--metrics-port', '47710', '--data', keyless);
  assert.deepEqual([agent.code, /figures are in its API/.test(agent.err)], [2, true]);
  const none = await cli('status', '--role', 'scorer', '--json', '--data', keyless);
  assert.deepEqual([none.code, JSON.parse(none.out)], [1, { running: false, scorers: [] }]);
});

async function fleet(
  t: TestContext,
): Promise<{ server: RedisServer; data: string; redis: { redis: { url: string } } }> {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const redis = { redis: { url: `redis://127.0.0.1:${server.port}`, partitions: PARTITIONS } };
  const data = folder(`fleet-${server.port}`, redis);
  await cli('fleet', 'key', '--data', data);
  return { server, data, redis };
}

test('a scorer scores, says how it is doing, and gives back what it holds', { skip: NO_REDIS }, async (t) => {
  const { server, data } = await fleet(t);
  server.cli('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  const child = start('run', '--role', 'scorer', '--data', data, '--metrics-port', '0');
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
  const status = async (): Promise<ScorerStatus | undefined> => (await readScorerStatuses(data))[0];
  await until('it holds all', async () => (await status())?.partitions.length === PARTITIONS);
  const link = await connect(server.port);
  t.after(link.close);
  const cipher = createCipher(Buffer.from(readFileSync(join(data, 'fleet.key'), 'utf8').trim(), 'hex'));
  const subject = Buffer.alloc(16, 5).toString('base64url');
  const at = { run: 1, seq: 1 };
  const entry = { ts: 1e15, host: 'desk', user: 'ada', id: 'f00d', windows: [], switches: [] };
  const sealed = sealEntry(cipher, subject, at, packEntry(entry));
  await appendEntries(linkCalls(link), partitionOf(subject, PARTITIONS), subject, [{ at, sealed }]);
  await until('it has scored', async () => (await status())?.entries === 1);
  const { out } = await cli('status', '--role', 'scorer', '--json', '--data', data);
  const [now] = (JSON.parse(out) as { readonly scorers: readonly ScorerStatus[] }).scorers;
  assert.deepEqual([now?.pid, now?.scorers, now?.trouble], [child.pid, 1, null]);
  assert.match(now?.warning ?? '', /maxmemory-policy allkeys-lru/);
  assert.ok((now?.lag?.p99Ms ?? Infinity) < 20_000);
  assert.deepEqual([now?.claimed, now?.refused, now?.failures], [0, 0, 0]);
  const url = /reads its figures at (\S+),/.exec(said)?.[1] ?? '';
  const token = (await cli('api', 'token', '--data', data)).out.trim();
  const figures = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
  assert.match(figures, /^seclyzer_scorer_entries_total 1$/m);
  assert.match(figures, new RegExp(`^seclyzer_scorer_partitions ${PARTITIONS}$`, 'm'));
  await until('the backlog is known', async () => (await status())?.backlog?.pending === 0);

  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await gone, [0, null]);
  assert.match(said, /5 of 5 partitions are scored here; scorers: 1\.\n/);
  assert.match(said, /maxmemory-policy noeviction/);
  assert.equal(server.cli('KEYS', 'seclyzer:{*}:lease'), '');
  assert.equal((await cli('status', '--role', 'scorer', '--data', data)).code, 1);
});

test(
  'a collector writes what it sees to the stream of its subject, sealed, and a new run counts anew',
  { skip: NO_REDIS || NOT_BUILT },
  async (t) => {
    const { server, data, redis } = await fleet(t);
    const own = folder(`collector-${server.port}`, { redis: { ...redis.redis, collect: true } });
    copyFileSync(join(data, 'fleet.key'), join(own, 'fleet.key'));
    const recording = join(own, 'ada.jsonl');
    const lines: string[] = [];
    for (const event of inventEvents(ada, createRandom(1), 1.7e15)) {
      if (event.ts > 1.7e15 + 120e6) break;
      lines.push(JSON.stringify(event));
    }
    writeFileSync(recording, `${lines.join('\n')}\n`);
    const taken = (): string => {
      const [key = ''] = server.cli('KEYS', 'seclyzer:{*}:taken').split('\n');
      return key === '' ? '' : (server.cli('HVALS', key).split('\n')[0] ?? '');
    };
    for (const run of [1, 2]) {
      const args = ['--replay', recording, '--speed', '30', '--port', '0', '--no-address'];
      // The second time because the settings want it.
      const child = start('run', ...(run === 1 ? ['--role', 'collector'] : []), '--data', own, ...args);
      t.after(() => child.kill('SIGKILL'));
      await until(`a hop of run ${run}`, () => taken().startsWith(`${run}:`));
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await gone, [0, null]);
    }
    const [stream = ''] = server.cli('KEYS', 'seclyzer:{*}:in').split('\n');
    const bytes = server.cli('--no-raw', 'XRANGE', stream, '-', '+');
    for (const text of ['keystroke', 'host', 'firefox', '"ts"']) assert.equal(bytes.includes(text), false, text);

    const forgotten = await cli('fleet', 'forget', '--data', own);
    assert.deepEqual([forgotten.code, forgotten.out.split('\n')[0]], [0, 'All of it was deleted from Redis.']);
    // How far the channels were served, a number that expires, is of no one's typing.
    const left = server
      .cli('KEYS', '*')
      .split('\n')
      .filter((key) => !/:(in|fence)$|^seclyzer:sent:/.test(key));
    assert.deepEqual(left, ['seclyzer:fleet']);
    assert.equal(server.cli('XLEN', stream), '0');
    const again = await cli('fleet', 'forget', '--data', own);
    assert.equal(again.out.split('\n')[0], 'There is nothing of it in Redis.');
  },
);
