import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClient, type RedisClientType } from '@redis/client';
import type { HostPresence } from '../../../../src-preload/fleet.ts';
import { simulatedPresence } from '../../../viewer/simulated-hosts.fixture.ts';
import type { Alarm } from '../../collect/keep-running.ts';
import { testFolder } from '../../store/test-folder.ts';
import { NO_REDIS, startRedis } from '../redis/redis-server.fixture.ts';
import { startPresence } from './presence-writer.ts';

const NOW_MS = Date.UTC(2026, 4, 4, 12);
const DAY_MS = 86_400_000;

/** Rings when told to. */
function handAlarm() {
  let ring: (() => void) | null = null;
  const waits: number[] = [];
  const alarm: Alarm = {
    nowMs: () => 0,
    after: (ms, later) => {
      waits.push(ms);
      ring = later;
      return () => void (ring = null);
    },
  };
  return { alarm, ring: () => ring?.(), isSet: () => ring !== null, waits };
}

async function stand(t: TestContext) {
  const server = await startRedis({ folder: testFolder(t) });
  const client = createClient({ socket: { port: server.port } }) as RedisClientType;
  await client.connect();
  t.after(() => {
    client.destroy();
    return server.stop();
  });
  const now: { presence: HostPresence; up: boolean } = { presence: simulatedPresence(1), up: true };
  const hand = handAlarm();
  const told: (string | null)[] = [];
  const writer = startPresence({
    line: { run: (work) => (now.up ? work(client) : Promise.reject(new Error('there is no connection to Redis'))) },
    presence: () => now.presence,
    ...{ alarm: hand.alarm, wallMs: () => NOW_MS, notice: (text: string | null) => void told.push(text) },
  });
  await writer.settled();
  const turn = async (): Promise<void> => {
    hand.ring();
    await writer.settled();
  };
  return { server, client, now, writer, turn, told, hand };
}

const key = `seclyzer:host:${simulatedPresence(1).id}`;

test('an entry, its expiry, the moment and the name', { skip: NO_REDIS }, async (t) => {
  const { server, now, told } = await stand(t);
  assert.deepEqual(JSON.parse(server.cli('HGET', key, 'view')), now.presence);
  const leftMs = Number(server.cli('PTTL', key));
  assert.ok(leftMs > 29_000 && leftMs <= 30_000, String(leftMs));
  assert.equal(server.cli('ZSCORE', 'seclyzer:hosts', now.presence.id), String(NOW_MS));
  assert.equal(server.cli('HGET', 'seclyzer:hosts:names', now.presence.id), '{"host":"desk-0001","user":"grace"}');
  assert.deepEqual(told, []);
});

test(
  'what says nothing new is kept alive and not sent again; what was lost comes back',
  { skip: NO_REDIS },
  async (t) => {
    const { server, now, turn } = await stand(t);
    const sets = (): number => Number(/cmdstat_hset:calls=(\d+)/.exec(server.cli('INFO', 'commandstats'))?.[1] ?? 0);
    const before = sets();
    server.cli('PEXPIRE', key, '3000');
    await turn();
    assert.equal(sets(), before);
    assert.ok(Number(server.cli('PTTL', key)) > 29_000);
    now.presence = simulatedPresence(1, 1);
    await turn();
    assert.equal(sets(), before + 2);
    assert.deepEqual(JSON.parse(server.cli('HGET', key, 'view')), now.presence);
    server.cli('FLUSHALL');
    await turn();
    assert.deepEqual(JSON.parse(server.cli('HGET', key, 'view')), now.presence);
    assert.ok(Number(server.cli('PTTL', key)) > 29_000);
  },
);

test('a clean stop leaves nothing', { skip: NO_REDIS }, async (t) => {
  const { server, writer, hand } = await stand(t);
  await writer.stop();
  assert.equal(server.cli('KEYS', '*'), '');
  assert.equal(hand.isSet(), false);
});

test(
  'an installation that became another one, as after a deletion, leaves nothing of the one before',
  { skip: NO_REDIS },
  async (t) => {
    const { server, now, turn } = await stand(t);
    now.presence = simulatedPresence(2);
    await turn();
    assert.deepEqual(server.cli('KEYS', '*').split('\n').toSorted(), [
      `seclyzer:host:${now.presence.id}`,
      'seclyzer:hosts',
      'seclyzer:hosts:names',
    ]);
    assert.equal(server.cli('ZRANGE', 'seclyzer:hosts', '0', '-1'), now.presence.id);
    assert.equal(server.cli('HKEYS', 'seclyzer:hosts:names'), now.presence.id);
  },
);

test('whom nobody has heard of for a day is taken away, nobody else', { skip: NO_REDIS }, async (t) => {
  const { server, turn } = await stand(t);
  const [old, recent] = [simulatedPresence(8).id, simulatedPresence(9).id];
  for (const [id, ms] of [
    [old, NOW_MS - DAY_MS - 1000],
    [recent, NOW_MS - DAY_MS + 60_000],
  ] as const) {
    server.cli('ZADD', 'seclyzer:hosts', String(ms), id);
    server.cli('HSET', 'seclyzer:hosts:names', id, '{}');
  }
  // Once an hour: 720 turns of 5 s.
  for (let turns = 0; turns < 720; turns += 1) await turn();
  assert.equal(server.cli('ZSCORE', 'seclyzer:hosts', old), '');
  assert.equal(server.cli('HEXISTS', 'seclyzer:hosts:names', old), '0');
  assert.equal(server.cli('ZSCORE', 'seclyzer:hosts', recent), String(NOW_MS - DAY_MS + 60_000));
});

test('what Redis refuses is told once it is up, and taken back when it goes again', { skip: NO_REDIS }, async (t) => {
  const { server, turn, told, now, hand } = await stand(t);
  server.cli('DEL', 'seclyzer:hosts');
  server.cli('SET', 'seclyzer:hosts', 'a string');
  await turn();
  assert.match(told.at(-1) ?? '', /^The fleet view may miss this machine: WRONGTYPE/);
  now.up = false;
  await turn();
  assert.equal(told.length, 1);
  // While there is no connection it looks every second whether there is one again.
  assert.deepEqual(hand.waits, [5000, 5000, 1000]);
  server.cli('DEL', 'seclyzer:hosts');
  now.up = true;
  await turn();
  assert.deepEqual(told.slice(1), [null]);
});
