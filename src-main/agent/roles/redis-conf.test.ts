// The configuration that is given to whoever runs a fleet, as a real Redis reads it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { scoredChannel } from '../publish/redis/redis-record.ts';
import { NO_REDIS, startRedis } from '../publish/redis/redis-server.fixture.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { testFolder } from '../store/test-folder.ts';
import { appendEntries } from './append.ts';
import { packEntry, sealEntry } from './entry.ts';
import { evictionWarning } from './fleet-access.ts';
import { joinFleet } from './fleet-record.ts';
import { forgetSubject } from './forget-subject.ts';
import { takeLease } from './lease.ts';
import { linkCalls } from './link-calls.ts';
import { PARTITIONS, partitionKeys, partitionOf } from './partitions.ts';
import { loadPriors } from './priors.ts';
import { connect, FLEET_CIPHER } from './redis-calls.fixture.ts';
import type { RedisCalls } from './redis-calls.ts';
import { startScorer } from './scorer.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const subject = Buffer.alloc(16, 5).toString('base64url');
const partition = partitionOf(subject, PARTITIONS);
const keys = partitionKeys(partition);

/** The file as it is, but for the port and the folder. */
async function serve(t: TestContext): Promise<(username: string, password: string) => Promise<RedisCalls>> {
  const folder = testFolder(t);
  const file = path.join(folder, 'redis.conf');
  const text = readFileSync(path.join(root, 'assets', 'redis', 'seclyzer-roles.conf'), 'utf8');
  writeFileSync(file, text.replace(/^port .*$/m, '').replace(/^save .*$/m, ''));
  const server = await startRedis({
    ...{ folder, args: ['--include', file] },
    cliArgs: ['--user', 'scorer', '--pass', 'change-this-too', '--no-auth-warning'],
  });
  t.after(server.stop);
  return async (username, password) => {
    const link = await connect(server.port, undefined, { username, password });
    t.after(link.close);
    return linkCalls(link);
  };
}

test(
  'each role can do all that it does with the rights that it is given, and a collector nothing else',
  { skip: NO_REDIS },
  async (t) => {
    const as = await serve(t);
    const collector = await as('collector', 'change-this-password');
    const scorer = await as('scorer', 'change-this-too');
    assert.equal(await joinFleet(collector, FLEET_CIPHER), PARTITIONS);
    const entry = { ts: 1e15, host: 'desk', user: 'ada', id: 'f00d', windows: [], switches: [] };
    const sealed = [1, 2, 3].map((seq) => {
      const at = { run: 1, seq };
      return { at, sealed: sealEntry(FLEET_CIPHER, subject, at, packEntry(entry)) };
    });
    // With so short a stream that the oldest has to go: that is counted, too.
    assert.deepEqual(await appendEntries(collector, partition, subject, sealed, 2), { added: 3, known: 0 });

    const running = startScorer({
      ...{ calls: scorer, cipher: FLEET_CIPHER, priors: await loadPriors(path.join(root, 'models')), name: 'one' },
      ...{ settings: DEFAULT_SETTINGS, partitions: await joinFleet(scorer, FLEET_CIPHER), leaseMs: 300 },
    });
    t.after(running.stop);
    for (let tries = 0; running.view().entries < 2 && tries < 500; tries += 1) await sleep(10);
    assert.deepEqual([running.view().entries, running.view().trouble], [2, null]);
    // Past the renewals.
    await sleep(300);
    assert.deepEqual([running.view().partitions.length, running.view().trouble], [PARTITIONS, null]);
    assert.equal((await running.backlog()).unscored, 1);
    await running.stop();
    await assert.rejects(collector.send(['PUBLISH', scoredChannel(subject), 'x']), /NOPERM/);
    assert.equal(await scorer.send(['PUBLISH', scoredChannel(subject), 'x']), 0);

    for (const command of [
      ['HGET', keys.subjects, subject],
      ['HGETALL', keys.models(subject)],
      ['LRANGE', keys.windows(subject, 'mouse'), '0', '-1'],
      ['XRANGE', keys.entries, '-', '+'],
      ['SET', keys.fence, '9'],
      ['DEL', keys.entries],
      ['FLUSHALL'],
    ])
      await assert.rejects(collector.send(command), /NOPERM/, command.join(' '));
    await assert.rejects(takeLease(collector, partition, 'a collector', 1000), /NOPERM/);
    // Whoever may not ask is not warned of what can't be known; and here all is well.
    assert.equal(await evictionWarning(collector), null);
    assert.equal(await evictionWarning(scorer), null);
    assert.equal(await forgetSubject(scorer, subject, PARTITIONS), true);
  },
);
