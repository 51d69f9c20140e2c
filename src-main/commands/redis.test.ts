import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisView } from '../../src-preload/contract.ts';
import { parseRecord } from '../agent/publish/redis/redis-record.ts';
import { NO_REDIS, startRedis, until, type RedisServer } from '../agent/publish/redis/redis-server.fixture.ts';
import { cliWithHome, firstLine, NOT_BUILT } from './cli.fixture.ts';
import { describe } from './redis.ts';

const { dir, cli, start } = cliWithHome();
const skip = NOT_BUILT === false ? NO_REDIS : NOT_BUILT;

const VIEW: RedisView = {
  ...{ wanted: true, status: 'refused', reason: 'db:6379 wants a password', fix: 'Put it there.', sent: 3 },
  ...{ lastSentMs: null, waiting: 12, waitingBytes: 1_572_864, dropped: 4 },
};

const STROKES = 10;

/** What the extractor makes of what is typed into Redis, a stroke each fifth of a second: the first window that holds all of it. */
async function featuresOf(server: RedisServer, pressed: string) {
  const listener = spawn('redis-cli', ['-p', String(server.port), '--csv', 'SUBSCRIBE', 'seclyzer:features:keystroke']);
  let heard = '';
  listener.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text.replaceAll('\\"', '"')));
  try {
    await until(() => heard.includes('subscribe'), 'nobody subscribed');
    const first = JSON.parse(pressed) as { readonly ts: number };
    for (let stroke = 1; stroke <= STROKES; stroke += 1) {
      await sleep(200);
      for (const [event, heldUs] of [
        ['press', 0],
        ['release', 80_000],
      ] as const) {
        const ts = first.ts + stroke * 200_000 + heldUs;
        server.cli('PUBLISH', 'seclyzer:events', JSON.stringify({ ...first, ts, event }));
      }
    }
    const whole = new RegExp(`\\{"type":"features".*"events":${STROKES + 1},.*\\}`);
    // Windows come each five seconds; one may have come in the middle of it.
    for (let tries = 0; tries < 120 && !whole.test(heard); tries += 1) await sleep(100);
    return parseRecord(whole.exec(heard)?.[0] ?? '');
  } finally {
    listener.kill();
  }
}

test('in words: that there is none, and how it stands', () => {
  assert.deepEqual(describe(null, { ...VIEW, wanted: false }), [
    'Nothing goes to a Redis. To change that: Settings, Redis.',
  ]);
  assert.deepEqual(describe('redis://db', VIEW), [
    'Redis    redis://db',
    'State    refused. db:6379 wants a password. Put it there.',
    'Taken    3 records',
    'Waiting  12 records, 1.5 MiB in memory',
    'Let go   4 records, because too many waited',
  ]);
});

test('without an agent, how it stands can not be said', async () => {
  const { code, err } = await cli('redis', '--data', join(dir, 'none'));
  assert.deepEqual([code, err], [1, `SecLyzer is not running on ${join(dir, 'none')}. Start it: seclyzer run\n`]);
});

test('a run fed from Redis takes what redis-cli publishes, and tells what became of it', { skip }, async (t) => {
  const folder = join(dir, 'server');
  mkdirSync(folder);
  const server = await startRedis({ folder });
  t.after(server.stop);
  const data = join(dir, 'fed');
  mkdirSync(data);
  const url = `redis://127.0.0.1:${server.port}`;
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ redis: { url }, monitor: { enabled: false } }));
  const agent = start('run', '--data', data, '--port', '0', '--json', '--input-from-redis');
  t.after(async () => {
    if (agent.exitCode !== null) return;
    agent.kill('SIGTERM');
    await once(agent, 'close');
  });
  await firstLine(agent, 'stdout');
  for (let tries = 0; server.cli('PUBSUB', 'NUMSUB', 'seclyzer:events') !== 'seclyzer:events\n1'; tries += 1) {
    assert.ok(tries < 100, 'nobody listens');
    await sleep(50);
  }
  // As issue and design have it, and what is wrong with it in each way.
  const pressed = '{"type":"keystroke","ts":1701423846000000,"key":"a","event":"press"}';
  for (const text of [
    ...[pressed, pressed.replace('000000,', '090000,').replace('press', 'release'), 'nonsense'],
    ...[
      pressed.replace('keystroke', 'thought'),
      `{"type":"app","ts":99999999999999999,"app_name":"x","event":"focus"}`,
    ],
  ])
    assert.equal(server.cli('PUBLISH', 'seclyzer:events', text), '1');
  const typed = await featuresOf(server, pressed);
  assert.ok(typed.ok && typed.record.type === 'features');
  // Ten strokes more, each held for 80 ms, after the one of 90 ms.
  const mean = (90 + STROKES * 80) / (STROKES + 1);
  assert.ok(Math.abs((typed.record.features['dwell.mean'] ?? NaN) - mean) < 0.001);
  const status = await cli('status', '--json', '--data', data);
  const told = JSON.parse(status.out) as {
    readonly snapshot: { readonly source: string; readonly events: Readonly<Record<string, unknown>> };
    readonly redis: RedisView;
  };
  assert.equal(told.snapshot.source, 'redis');
  const { published, refused, dropped } = told.snapshot.events;
  assert.deepEqual({ published, refused, dropped }, { published: 22, refused: 3, dropped: 0 });
  assert.ok(told.redis.sent > 0, 'scores go out');
  const checked = await cli('redis', '--check', '--data', data);
  assert.equal(checked.code, 0, checked.err);
  assert.match(checked.out, /^fine {2}May publish to 5 channels, and keep its mark\.$/m);
  assert.match(checked.out, /^fine {2}May show this machine in the fleet view, for as long as it is there\.$/m);
  assert.match(checked.out, /^fine {2}Redis \d+\.\d+\.\d+: no bound of its memory \(maxmemory\), noeviction\.$/m);
  await server.stop();
  const away = await cli('redis', '--check', '--data', data);
  assert.equal(away.code, 1);
  assert.match(away.out, new RegExp(`^not fine {2}Nothing listens at 127\\.0\\.0\\.1:${server.port}\\.$`, 'm'));
});
