import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM, type Alarm } from '../../collect/keep-running.ts';
import { testFolder } from '../../store/test-folder.ts';
import { openRedisLink } from './redis-link.ts';
import { createRedisSender, type RedisSender } from './redis-sender.ts';
import { NO_REDIS, startRedis, until } from './redis-server.fixture.ts';
import { readTarget } from './redis-target.ts';

const skip = NO_REDIS;
/** A second is a fiftieth of one. */
const HURRY: Alarm = { ...SYSTEM_ALARM, after: (ms, ring) => SYSTEM_ALARM.after(ms / 50, ring) };
const KEY = 'seclyzer:sent:test';

/** A list in Redis tells what came, in which order, and how often: as a subscriber that never sleeps would. */
function sending(t: TestContext, port: number, mostBytes = 1e6) {
  const dir = testFolder(t);
  const link = openRedisLink({
    target: () => readTarget({ ...DEFAULT_USER_SETTINGS.redis, url: `redis://127.0.0.1:${port}` }, dir),
    ...{ alarm: HURRY, random: () => 0, changed: ({ status }) => status === 'connected' && sender.wake() },
  });
  const sender: RedisSender = createRedisSender({ link, markKey: KEY, mostBytes, alarm: HURRY, random: () => 0 });
  t.after(async () => {
    await sender.stop();
    link.close();
  });
  let seq = 0;
  const take = (count: number): void => {
    for (let i = 0; i < count; i += 1) sender.take({ seq: (seq += 1), args: ['RPUSH', 'came', String(seq)] });
  };
  return { link, sender, take };
}

const upTo = (last: number, from = 1): string[] => Array.from({ length: last - from + 1 }, (_, i) => String(from + i));

/** Between the two: loses the answer to the next transaction, or keeps that transaction back until it is told to bring it. */
async function relay(t: TestContext, port: number) {
  const open = new Set<Socket>();
  let next: 'lose the answer' | 'keep back' | null = null;
  let bring: (() => void) | null = null;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let isLost = false;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
    }
    far.on('close', () => near.destroy());
    near.on('data', (bytes) => {
      const what = bytes.includes('MULTI') ? next : null;
      if (what !== null) next = null;
      isLost = what === 'lose the answer';
      if (what !== 'keep back') return void far.write(bytes);
      // It is on its way still when whoever sent it has given it up.
      bring = () => void far.write(bytes);
      near.destroy();
    });
    far.on('data', (bytes) => {
      if (isLost) near.destroy();
      else near.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswer: () => void (next = 'lose the answer'),
    keepBack: () => void (next = 'keep back'),
    bring: () => bring?.(),
  };
}

test('each once and in order, over a server that goes and comes', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const { sender, take, link } = sending(t, server.port);
  take(1000);
  await until(() => sender.view().sent === 1000, 'not sent');
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(1000));
  await server.stop();
  await until(() => link.view().status === 'waiting', 'not noticed');
  take(500);
  assert.deepEqual([sender.view().waiting, sender.view().dropped], [500, 0]);
  await server.start();
  await until(() => sender.view().sent === 1500, 'not sent afterwards');
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(1500, 1001));
  const { waiting, waitingBytes, lastSentMs } = sender.view();
  assert.deepEqual([waiting, waitingBytes], [0, 0]);
  assert.ok(lastSentMs !== null && Date.now() - lastSentMs < 5000);
});

test('an answer that is lost: what was done is not done again, and what was not is', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const between = await relay(t, server.port);
  const { sender, take, link } = sending(t, between.port);
  await until(() => link.view().status === 'connected', 'no connection');
  for (let round = 1; round <= 5; round += 1) {
    between.loseAnswer();
    take(10);
    await until(() => link.view().status === 'waiting', 'the connection was not cut');
    take(3);
    await until(() => sender.view().sent === 13 * round, `${sender.view().sent} sent in round ${round}`);
  }
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(65));
  assert.equal(server.cli('GET', KEY), '65');
  assert.ok(Number(server.cli('TTL', KEY)) > 86_000);
});

test('what a slow network brings after all, when it was done again, is not done twice', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const between = await relay(t, server.port);
  const { sender, take, link } = sending(t, between.port);
  await until(() => link.view().status === 'connected', 'no connection');
  for (let round = 1; round <= 3; round += 1) {
    between.keepBack();
    take(10);
    await until(() => link.view().status === 'waiting', 'the connection was not cut');
    await until(() => sender.view().sent === 10 * round, `${sender.view().sent} sent in round ${round}`);
    const commands = (): number => Number(/total_commands_processed:(\d+)/.exec(server.cli('INFO', 'stats'))?.[1]);
    const before = commands();
    between.bring();
    // MULTI, ten of them, SET and EXEC have come, besides the questions.
    await until(() => commands() >= before + 13, 'it was not brought');
  }
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(30));
  assert.equal(server.cli('GET', KEY), '30');
});

test('what waits is bounded: the oldest is let go and counted, the rest comes', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const { sender, take } = sending(t, server.port, 20_000);
  // Nothing leaves before the next turn of the loop.
  take(1000);
  const { waiting, waitingBytes, dropped } = sender.view();
  assert.ok(waitingBytes <= 20_000, `${waitingBytes} bytes`);
  assert.equal(waiting + dropped, 1000);
  // 120 and the three words: 5 + 4 + 3 or 4.
  assert.equal(waiting, Math.floor((20_000 - 133) / 132) + 1);
  await until(() => sender.view().sent === waiting, 'not sent');
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(1000, 1000 - waiting + 1));
});

test(
  'a server whose memory is full is told of, tried again, and has all of it when there is room',
  { skip },
  async (t) => {
    const server = await startRedis({ folder: testFolder(t), args: ['--maxmemory-policy', 'noeviction'] });
    t.after(server.stop);
    const { sender, take, link } = sending(t, server.port);
    await until(() => link.view().status === 'connected', 'no connection');
    server.cli('CONFIG', 'SET', 'maxmemory', '1kb');
    take(20);
    await until(() => sender.view().trouble !== null, 'not told');
    assert.equal(sender.view().trouble?.reason, 'the memory that Redis may use is full');
    await sleep(100);
    assert.deepEqual([sender.view().sent, sender.view().waiting, link.view().status], [0, 20, 'connected']);
    server.cli('CONFIG', 'SET', 'maxmemory', '100mb');
    await until(() => sender.view().sent === 20, 'not sent');
    assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(20));
    assert.equal(sender.view().trouble, null);
  },
);

test('a server that hangs costs whoever sends nothing', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const { sender, take } = sending(t, server.port);
  take(1);
  await until(() => sender.view().sent === 1, 'no connection');
  server.hang();
  t.after(server.goOn);
  let longestMs = 0;
  for (let i = 0; i < 100; i += 1) {
    const fromMs = performance.now();
    take(10);
    longestMs = Math.max(longestMs, performance.now() - fromMs);
    await sleep(5);
  }
  assert.ok(longestMs < 20, `${longestMs} ms`);
  assert.ok(sender.view().waiting >= 800);
  server.goOn();
  await until(() => sender.view().sent === 1001, `${sender.view().sent} sent`);
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(1001));
});

test('when it is stopped, what waits still goes, if it can', { skip }, async (t) => {
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const { sender, take } = sending(t, server.port);
  take(1);
  await until(() => sender.view().sent === 1, 'no connection');
  take(5);
  await sender.stop();
  assert.deepEqual(server.cli('LRANGE', 'came', '0', '-1').split('\n'), upTo(6));
});
