import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../../../src-preload/contract.ts';
import type { Availability } from '../../collect/collector.ts';
import { outsideCollector, type OutsideCollector } from '../../collect/outside.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { InputEvent } from '../../events.ts';
import { testFolder } from '../../store/test-folder.ts';
import type { OutletRecord } from '../outlets/outlet-record.ts';
import type { Tap } from '../outlets/tap.ts';
import { openRedisLink } from './redis-link.ts';
import { parseRecord } from './redis-record.ts';
import { NO_REDIS, startRedis, until } from './redis-server.fixture.ts';
import { readTarget } from './redis-target.ts';
import { createRedis } from './redis.ts';

const skip = NO_REDIS;
const ID = '0b8b0a5e-6d3c-4f0e-9a54-0c8f4f1f7a01';
const score = (ts: number): OutletRecord => ({
  ...{ kind: 'score', ts, trust: 91, low: null, high: null, state: 'NORMAL', modalities: [] },
});

/** The part in an agent of which only the tap, the settings and the notices are there. */
function part(t: TestContext, url: string | null, takes: OutsideCollector | null = null) {
  let settings: UserSettings['redis'] = { ...DEFAULT_USER_SETTINGS.redis, url };
  const listeners = new Set<(record: OutletRecord) => void>();
  const notices = new Map<string, string | null>();
  const tap: Pick<Tap, 'listen'> = {
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const redis = createRedis({
    ...{ settings: () => settings, dataDir: testFolder(t), id: () => ID, tap: tap as Tap, takes },
    notice: (about, text) => notices.set(about, text),
  });
  t.after(redis.stop);
  return {
    ...{ redis, notices, listeners },
    tell: (record: OutletRecord) => listeners.forEach((listener) => listener(record)),
    become: async (change: Partial<UserSettings['redis']>): Promise<void> => {
      settings = { ...settings, ...change };
      await redis.apply();
    },
  };
}

test('without an address nothing of it is loaded; with one, only then', () => {
  const script = `
    import { createRequire } from 'node:module';
    import { createRedis } from ${JSON.stringify(new URL('./redis.ts', import.meta.url).href)};
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('@redis'));
    let url = null;
    const redis = createRedis({
      settings: () => ({ ...${JSON.stringify(DEFAULT_USER_SETTINGS.redis)}, url }), dataDir: '/', id: () => '${ID}',
      tap: { listen: () => () => undefined }, takes: null, notice: () => undefined,
    });
    await redis.apply();
    const before = loaded();
    url = 'redis://127.0.0.1:1';
    await redis.apply();
    console.log(JSON.stringify([before, loaded(), redis.view().status]));
    await redis.stop();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(stdout, '[false,true,"connecting"]\n', stderr);
});

test('records reach whoever listens, numbered over a change of the settings', { skip }, async (t) => {
  const [one, two] = [await startRedis({ folder: testFolder(t) }), await startRedis({ folder: testFolder(t) })];
  for (const { stop } of [one, two]) t.after(stop);
  const heard: string[] = [];
  const dir = testFolder(t);
  const reader = openRedisLink({
    target: () => readTarget({ ...DEFAULT_USER_SETTINGS.redis, url: `redis://127.0.0.1:${one.port}` }, dir),
    connected: (client) => client.subscribe('seclyzer:scores', (text) => heard.push(text)),
    ...{ alarm: SYSTEM_ALARM, random: Math.random },
  });
  t.after(reader.close);
  const { redis, tell, become, listeners, notices } = part(t, `redis://127.0.0.1:${one.port}`);
  await redis.apply();
  for (const each of [redis, reader]) await until(() => each.view().status === 'connected', 'no connection');
  tell(score(1));
  tell(score(2));
  await until(() => heard.length === 2, 'nothing heard');
  assert.deepEqual(
    heard
      .map((text) => parseRecord(text))
      .map((parsed) => parsed.ok && [parsed.record.id, parsed.record.seq, parsed.record.ts]),
    [
      [ID, 1, 1],
      [ID, 2, 2],
    ],
  );
  await become({ url: `redis://127.0.0.1:${two.port}` });
  await until(() => redis.view().status === 'connected', 'not there');
  tell(score(3));
  await until(() => redis.view().sent === 1, 'not sent there');
  const [key] = two.cli('KEYS', '*').split('\n');
  assert.match(key ?? '', new RegExp(`^seclyzer:sent:${ID}:[0-9a-f-]{36}$`));
  assert.equal(two.cli('GET', key ?? ''), '3');
  await become({ url: null });
  const { status, wanted } = redis.view();
  assert.deepEqual([status, wanted, listeners.size, notices.get('redis') ?? null], ['off', false, 0, null]);
});

test('a password that is missing is said at once, and brings nothing down', async (t) => {
  const { redis, notices, become } = part(t, 'redis://127.0.0.1:1');
  await become({ user: 'seclyzer' });
  await until(() => redis.view().status === 'refused', 'not refused');
  assert.match(redis.view().reason ?? '', /^the password can't be read: ENOENT/);
  assert.match(notices.get('redis') ?? '', /redis-password, for its owner alone\.$/);
});

test('what the user should know: what can be read on its way, and what does not go', { skip }, async (t) => {
  const { redis, notices, become } = part(t, 'redis://192.0.2.1:6379');
  await redis.apply();
  assert.match(notices.get('redis-plain') ?? '', /^What goes to Redis, and its password, can be read on its way: /);
  const server = await startRedis({
    folder: testFolder(t),
    args: ['--requirepass', 'x'],
    cliArgs: ['-a', 'x', '--no-auth-warning'],
  });
  t.after(server.stop);
  await become({ url: `redis://127.0.0.1:${server.port}` });
  assert.equal(notices.get('redis-plain'), null);
  await until(() => redis.view().status === 'refused', 'not refused');
  assert.match(
    notices.get('redis') ?? '',
    /^Nothing goes to Redis now, and waits in memory: .* wants a password\. Put it into redis-password/,
  );
  await become({ url: `redis://127.0.0.1:1` });
  await until(() => redis.view().status === 'waiting', 'not waiting');
  // The first failure is not worth a word.
  assert.equal(notices.get('redis'), null);
});

test(
  'events of the channel: taken as of now, refused with a reason, and how the channel stands',
  { skip },
  async (t) => {
    const server = await startRedis({ folder: testFolder(t) });
    t.after(server.stop);
    const fed = outsideCollector('Redis');
    const taken: InputEvent[] = [];
    const refused: string[] = [];
    const reports: Availability[] = [];
    const sink = {
      publish: (event: InputEvent) => taken.push(event),
      refuse: (reason: string) => refused.push(reason),
    };
    await fed.start({ ...sink, report: (now) => reports.push(now) });
    const { redis } = part(t, `redis://127.0.0.1:${server.port}`, fed);
    await redis.apply();
    await until(() => reports.at(-1)?.ok === true, 'nobody listens');
    const key = (ts: number, event = 'press') => JSON.stringify({ type: 'keystroke', ts, key: 'a', event });
    const then = 1_701_423_846_000_000;
    const texts = [
      key(then),
      key(then + 90_000, 'release'),
      '{',
      key(then, 'hold'),
      ' '.repeat(1001),
      key(Date.now() * 1001),
    ];
    for (const text of texts) server.cli('PUBLISH', 'seclyzer:events', text);
    await until(() => taken.length + refused.length === texts.length, 'not all came');
    const [press, release] = taken;
    assert.ok(press !== undefined && release !== undefined);
    assert.equal(release.ts - press.ts, 90_000);
    assert.ok(Math.abs(press.ts / 1000 - Date.now()) < 5000);
    assert.deepEqual(refused, [
      'not a JSON object',
      '"event" is not accepted (a string), expected ("press" | "release")',
      'it is longer than 1000 characters',
      '"ts" lies in the future',
    ]);
    await server.stop();
    await until(() => reports.at(-1)?.ok === false, 'not told');
    await server.start();
    await until(() => reports.at(-1)?.ok === true, 'not told that it is back');
    server.cli('PUBLISH', 'seclyzer:events', key(then + 1_000_000));
    await until(() => taken.length === 3, 'nothing taken afterwards');
  },
);

test('a run that watches this machine does not listen to the channel', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const { redis } = part(t, `redis://127.0.0.1:${server.port}`);
  await redis.apply();
  await until(() => redis.view().status === 'connected', 'no connection');
  assert.equal(server.cli('PUBSUB', 'NUMSUB', 'seclyzer:events'), 'seclyzer:events\n0');
});
