// The configuration that is suggested (assets/redis): a real server takes it, and each of its users may do what it says, and no more.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import { testFolder } from '../../store/test-folder.ts';
import { checkRedis } from './check-redis.ts';
import { makeCertificates, NO_REDIS, startRedis } from './redis-server.fixture.ts';
import type { CheckedRole } from './redis-needs.ts';
import type { RedisSettings } from './redis-target.ts';

const skip = NO_REDIS;
const CONF = fileURLToPath(new URL('../../../../assets/redis/seclyzer-redis.conf', import.meta.url));
const PASSWORDS = {
  seclyzer: 'change-this-password',
  reader: 'change-this-too',
  feeder: 'and-this',
  fed: 'and-this-one',
  viewer: 'and-a-last-one',
};
type User = keyof typeof PASSWORDS;

const as = (user: User): string[] => ['--user', user, '--pass', PASSWORDS[user], '--no-auth-warning'];

/** What the program finds with the password of a user. */
async function check(
  t: TestContext,
  user: User,
  settings: Partial<RedisSettings> & { url: string },
  role: CheckedRole = 'all',
) {
  const dir = testFolder(t);
  writeFileSync(join(dir, 'redis-password'), PASSWORDS[user], { mode: 0o600 });
  return await checkRedis({
    ...{ settings: { ...DEFAULT_USER_SETTINGS.redis, user, ...settings }, role, dataDir: dir, settingsFile: '' },
    ...{ stages: { ...DEFAULT_USER_SETTINGS.stages, scoring: 'both', features: 'both' }, subject: null },
  });
}

test('users of the suggested configuration, and the bound of its memory', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t), conf: CONF, cliArgs: as('seclyzer') });
  t.after(server.stop);
  const url = `redis://127.0.0.1:${server.port}`;
  const own = await check(t, 'seclyzer', { url });
  assert.deepEqual(
    own.steps.map(({ ok, sentence }) => [ok, sentence.replace(/\(.*\)|\d+\.\d+\.\d+/g, '…')]),
    [
      [true, `Connected to redis://127.0.0.1:${server.port}.`.replace(/\d+\.\d+\.\d+/g, '…')],
      [true, 'Not encrypted, but it does not leave this machine.'],
      [true, 'May publish to 5 channels, and keep its mark.'],
      [true, 'May show this machine in the fleet view, for as long as it is there.'],
      [true, 'May listen to the answers of scorers, on seclyzer:scored:check.'],
      [
        true,
        'May listen to windows that others have measured, on seclyzer:features:keystroke and seclyzer:features:mouse.',
      ],
      [true, 'May not listen to seclyzer:events …; only seclyzer run --input-from-redis does.'],
      [true, 'Redis …: up to 256 MiB, allkeys-lru.'],
    ],
  );
  assert.match((await check(t, 'fed', { url })).steps[6]?.sentence ?? '', /^May listen to seclyzer:events/);
  const reader = await check(t, 'reader', { url });
  assert.equal(reader.ok, false);
  assert.match(reader.steps[2]?.fix ?? '', /ACL SETUSER reader ~seclyzer:sent:\* .*\+publish/);
  assert.deepEqual(
    (await check(t, 'viewer', { url }, 'viewer')).steps.map(({ ok }) => ok),
    [true, true, true],
  );

  const may = (user: User, ...words: readonly string[]): boolean => !/NOPERM/.test(server.cli(...as(user), ...words));
  const event = ['PUBLISH', 'seclyzer:events', '{}'];
  assert.deepEqual(
    (['seclyzer', 'reader', 'feeder', 'fed'] as const).map((user) => may(user, ...event)),
    [false, false, true, false],
  );
  assert.ok(!may('seclyzer', 'CONFIG', 'SET', 'maxmemory', '0') && !may('seclyzer', 'FLUSHALL'));
  assert.ok(!may('seclyzer', 'SET', 'other', '1') && !may('feeder', 'PUBLISH', 'seclyzer:scores', '{}'));
  assert.ok(
    may('seclyzer', 'HSET', 'seclyzer:host:a', 'view', '{}') && may('seclyzer', 'ZADD', 'seclyzer:hosts', '1', 'a'),
  );
  assert.ok(may('viewer', 'HGET', 'seclyzer:host:a', 'view') && may('viewer', 'ZRANGE', 'seclyzer:hosts', '0', '9'));
  assert.ok(!may('viewer', 'DEL', 'seclyzer:host:a') && !may('viewer', 'GET', 'seclyzer:sent:a'));
  assert.equal((await check(t, 'seclyzer', { url, user: '' })).ok, false, 'nobody is let in as the default user');
});

test('full, it lets go of the oldest and goes on', { skip }, async (t) => {
  const server = await startRedis({
    ...{ folder: testFolder(t), conf: CONF, args: ['--maxmemory', '3mb'], cliArgs: as('seclyzer') },
  });
  t.after(server.stop);
  for (let i = 0; i < 60; i += 1) assert.equal(server.cli('SET', `seclyzer:sent:${i}`, 'x'.repeat(60_000)), 'OK');
  assert.match(server.cli('INFO', 'stats'), /^evicted_keys:[1-9]/m);
  assert.equal(server.cli('PUBLISH', 'seclyzer:scores', '{}'), '0');
});

test('with TLS as it is written there', { skip }, async (t) => {
  const folder = testFolder(t);
  const { ca, cert, key } = makeCertificates(folder, 'redis');
  const text = readFileSync(CONF, 'utf8').replaceAll(/^# {3}(tls-(?!port).*)$/gm, '$1');
  const files = { '/etc/redis/redis.crt': cert, '/etc/redis/redis.key': key, '/etc/redis/ca.crt': ca };
  const conf = join(folder, 'redis.conf');
  writeFileSync(
    conf,
    Object.entries(files).reduce((sum, [from, to]) => sum.replaceAll(from, to), text),
  );
  const server = await startRedis({
    ...{ folder, conf, isEncrypted: true },
    cliArgs: ['--tls', '--cacert', ca, '--cert', cert, '--key', key, ...as('seclyzer')],
  });
  t.after(server.stop);
  const url = `rediss://127.0.0.1:${server.port}`;
  const shown = { url, caFile: ca, certFile: cert, keyFile: key };
  const found = await check(t, 'seclyzer', shown);
  assert.deepEqual(
    [found.ok, found.steps[1]?.sentence],
    [true, 'Encrypted, and the certificate was checked with its name.'],
  );
  const bare = await check(t, 'seclyzer', { ...shown, certFile: null, keyFile: null });
  assert.match(bare.steps[0]?.sentence ?? '', /wants to see a certificate\.$/);
});
