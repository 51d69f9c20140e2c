import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../agent/collect/keep-running.ts';
import { startPresence } from '../agent/publish/fleet/presence-writer.ts';
import { openRedisLink, type RedisLink } from '../agent/publish/redis/redis-link.ts';
import { NO_REDIS, startRedis } from '../agent/publish/redis/redis-server.fixture.ts';
import { readTarget } from '../agent/publish/redis/redis-target.ts';
import { testFolder } from '../agent/store/test-folder.ts';
import { createFleetBook } from './fleet-book.ts';
import { startReading } from './read-fleet.ts';
import { simulatedPresence } from './simulated-hosts.fixture.ts';

/** What an agent and a viewer need in Redis for the fleet view, and nothing beside it. */
const RIGHTS = {
  agent:
    'resetkeys ~seclyzer:host:* ~seclyzer:hosts ~seclyzer:hosts:names -@all +@connection +multi +exec +hset +hdel +pexpire +zadd +zrem +zrangebyscore +del',
  viewer:
    'resetkeys %R~seclyzer:host:* %R~seclyzer:hosts %R~seclyzer:hosts:names -@all +@connection +zrange +zcard +hget',
  stranger: 'resetkeys -@all +@connection',
} as const;

async function serve(t: TestContext) {
  const server = await startRedis({ folder: testFolder(t) });
  const links: RedisLink[] = [];
  t.after(() => {
    for (const link of links) link.close();
    return server.stop();
  });
  for (const [user, rights] of Object.entries(RIGHTS))
    server.cli('ACL', 'SETUSER', user, 'on', `>of-${user}`, ...rights.split(' '));
  const link = (user: keyof typeof RIGHTS): RedisLink => {
    const dir = join(testFolder(t), user);
    mkdirSync(dir);
    writeFileSync(join(dir, 'redis-password'), `of-${user}`, { mode: 0o600 });
    const url = `redis://127.0.0.1:${server.port}`;
    const target = () => readTarget({ ...DEFAULT_USER_SETTINGS.redis, url, user }, dir);
    const opened = openRedisLink({ target, alarm: SYSTEM_ALARM, random: () => 0 });
    links.push(opened);
    return opened;
  };
  const read = (user: keyof typeof RIGHTS) => {
    const book = createFleetBook(Date.now());
    const line = link(user);
    const reader = startReading({ line, book, alarm: SYSTEM_ALARM, wallMs: Date.now, looked: () => undefined });
    t.after(async () => {
      line.close();
      await reader.stop();
    });
    return { book, reader };
  };
  return { server, link, read };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (holds()) return;
    await sleep(10);
  }
  assert.fail(`waited five seconds in vain: ${what}`);
}

test(
  'an agent and a viewer with no more rights than they need: the host is there, and leaves',
  { skip: NO_REDIS },
  async (t) => {
    const { server, link, read } = await serve(t);
    const told: (string | null)[] = [];
    const writer = startPresence({
      ...{ line: link('agent'), presence: () => simulatedPresence(1), alarm: SYSTEM_ALARM, wallMs: Date.now },
      notice: (text) => void told.push(text),
    });
    const { book, reader } = read('viewer');
    await until('the host', () => book.rows().length === 1);
    assert.equal(book.rows()[0]?.host, 'desk-0001');
    assert.equal(reader.standing().state, 'connected');
    assert.equal(reader.beyond(), 0);
    await writer.stop();
    assert.deepEqual(told, []);
    assert.equal(server.cli('KEYS', '*'), '');
  },
);

test('without the right to read the viewer says so, and what to do', { skip: NO_REDIS }, async (t) => {
  const { read } = await serve(t);
  const { reader } = read('stranger');
  await until('the refusal', () => reader.standing().state === 'waiting');
  const { reason, fix } = reader.standing();
  assert.match(reason ?? '', /^Redis does not allow it: NOPERM/);
  assert.ok(fix);
});
