// With a real redis-server: who may do nothing is told what is missing, and what it is told to be given is enough, and no more than the suggested
// configuration gives.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../../../src-preload/contract.ts';
import { testFolder } from '../../store/test-folder.ts';
import { checkRedis, type RedisCheck } from './check-redis.ts';
import type { CheckedRole } from './redis-needs.ts';
import { NO_REDIS as skip, startRedis, type RedisServer } from './redis-server.fixture.ts';

const SUBJECT = 'abcdefghijklmnopqrstuv';
const CONNECTION = '-@all +@connection -@dangerous';

/** A Redis with a user of these rights, and what is found with it in a role. */
async function site(t: TestContext, rights: string) {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const dataDir = testFolder(t);
  writeFileSync(join(dataDir, 'redis-password'), 'secret', { mode: 0o600 });
  writeFileSync(join(dataDir, 'fleet.key'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
  const set = (...words: readonly string[]): string => server.cli('ACL', 'SETUSER', 'ada', ...words);
  assert.equal(set('reset', 'on', '>secret', ...rights.split(' ')), 'OK');
  const check = (role: CheckedRole, stages: Partial<UserSettings['stages']> = {}): Promise<RedisCheck> =>
    checkRedis({
      settings: { ...DEFAULT_USER_SETTINGS.redis, url: `redis://127.0.0.1:${server.port}`, user: 'ada' },
      ...{ stages: { ...DEFAULT_USER_SETTINGS.stages, ...stages }, role, dataDir },
      ...{ settingsFile: join(dataDir, 'settings.json'), subject: SUBJECT },
    });
  return { server, set, check };
}

/** As somebody would who pastes it into redis-cli. */
function obey(server: RedisServer, { steps }: RedisCheck): number {
  const lines = steps.flatMap(({ fix }) => /ACL SETUSER .*$/.exec(fix ?? '')?.[0] ?? []);
  for (const line of lines) {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    assert.equal(server.cli(...words), 'OK', line);
  }
  return lines.length;
}

const BOTH = { features: 'both', scoring: 'both' } as const;

for (const [role, stages, lines] of [
  ['all', {}, 2],
  ['all', BOTH, 4],
  ['collector', BOTH, 5],
  ['scorer', {}, 1],
  ['viewer', {}, 1],
] as const)
  test(
    `${role}, stages ${JSON.stringify(stages)}: a line for each right that is missing, and with those all is fine`,
    { skip },
    async (t) => {
      const { server, check } = await site(t, CONNECTION);
      const bare = await check(role, stages);
      assert.equal(bare.ok, false);
      for (const { ok, sentence, fix } of bare.steps) assert.ok(ok || fix !== null, sentence);
      assert.equal(obey(server, bare), lines, JSON.stringify(bare, null, 1));
      const after = await check(role, stages);
      assert.deepEqual(
        after.steps.filter(({ ok }) => !ok),
        [],
      );
      assert.deepEqual(server.cli('KEYS', '*'), '', 'nothing was written');
    },
  );

test('what is missing is named: a command, a key, a channel', { skip }, async (t) => {
  const { set, check } = await site(t, `${CONNECTION} ~seclyzer:* allchannels +@all`);
  assert.equal((await check('collector')).ok, true);
  set('-pexpire', 'resetkeys', '~seclyzer:sent:*', '~seclyzer:host:*', '~seclyzer:hosts', 'resetchannels');
  const [, , publish, presence, collect] = (await check('collector')).steps;
  assert.match(publish?.sentence ?? '', /^It may not publish .*: refused are publish seclyzer:features:keystroke, /);
  assert.equal(
    presence?.sentence,
    'It may not show this machine in the fleet view, for as long as it is there: refused are pexpire seclyzer:host:check, hset seclyzer:hosts:names, hdel seclyzer:hosts:names.',
  );
  assert.match(collect?.sentence ?? '', /refused are get seclyzer:fleet, .*eval seclyzer:\{0\}:in/);
});

test('who may do anything but begin a transaction writes nothing either', { skip }, async (t) => {
  const { server, check } = await site(t, '+@all -multi allkeys allchannels');
  const { steps } = await check('collector');
  assert.match(steps[2]?.sentence ?? '', /refused are multi\.$/);
  assert.match(steps[4]?.sentence ?? '', /refused are multi\.$/);
  assert.equal(server.cli('KEYS', '*'), '');
  server.cli('ACL', 'SETUSER', 'ada', '+multi', '-watch');
  assert.match((await check('collector')).steps[2]?.sentence ?? '', /refused are watch seclyzer:sent:check\.$/);
});

test(
  'who may speak for a scorer is told; so is another key, and a Redis that throws away what waits',
  { skip },
  async (t) => {
    const { server, check } = await site(t, '-@all +@all allkeys allchannels');
    const open = await check('all', { scoring: 'remote' });
    const found = open.steps.find(({ ok }) => !ok);
    assert.match(found?.sentence ?? '', new RegExp(`^It may speak on seclyzer:scored:${SUBJECT} as well`));
    assert.match(found?.fix ?? '', /assets\/redis\/seclyzer-roles\.conf/);
    server.cli('SET', 'seclyzer:fleet', 'sealed with another key');
    server.cli('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    assert.match((await check('collector')).steps.find(({ ok }) => !ok)?.sentence ?? '', /sealed with another key/);
    server.cli('DEL', 'seclyzer:fleet');
    assert.match((await check('scorer')).steps.find(({ ok }) => !ok)?.sentence ?? '', /maxmemory-policy allkeys-lru/);
  },
);
