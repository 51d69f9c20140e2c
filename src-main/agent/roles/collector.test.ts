// A whole agent that collects, a real Redis, and what comes to its stream.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { startAgent } from '../agent.ts';
import { syntheticOptions } from '../options.fixture.ts';
import { NO_REDIS } from '../publish/redis/redis-server.fixture.ts';
import { testFolder } from '../store/test-folder.ts';
import { openEntry, type Entry } from './entry.ts';
import { fleetKeyFile, makeFleetKey, openFleetKey } from './fleet-key.ts';
import { partitionKeys, partitionOf } from './partitions.ts';
import { readPosition } from './position.ts';
import { serveRedis } from './redis-calls.fixture.ts';
import { bytesOf, listOf, textOf } from './redis-calls.ts';

test('scorers are told that the screen was unlocked', { skip: NO_REDIS }, async (t) => {
  const { server, calls } = await serveRedis(t);
  const dataDir = testFolder(t);
  const partitions = 16;
  makeFleetKey(fleetKeyFile(null, dataDir));
  const cipher = openFleetKey(fleetKeyFile(null, dataDir));
  assert.ok(!('reason' in cipher));
  const redis = { url: `redis://127.0.0.1:${server.port}`, collect: true, partitions };
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ redis }));
  const agent = await startAgent({ options: syntheticOptions(dataDir), version: '1' });
  t.after(() => agent.stop());

  async function entries(): Promise<readonly Entry[]> {
    const subject = readFileSync(join(dataDir, 'fleet-subject'), 'utf8').trim();
    const found = listOf(
      await calls.send(['XRANGE', partitionKeys(partitionOf(subject, partitions)).entries, '-', '+']),
    );
    return found.map((one) => {
      const [, , , place, , sealed] = listOf(listOf(one)[1] ?? null);
      assert.ok(!('reason' in cipher));
      return openEntry(cipher, subject, readPosition(textOf(place ?? '')), bytesOf(sealed ?? ''));
    });
  }
  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await holds().catch(() => false)) return;
      await sleep(50);
    }
    assert.fail(`${what} never came`);
  }
  await until('a window of typing', async () => (await entries()).some(({ windows }) => windows.length > 0));
  assert.ok((await entries()).every(({ unlocked }) => unlocked === undefined));
  agent.session('locked');
  agent.session('unlocked');
  await until('an unlocking', async () => (await entries()).some(({ unlocked }) => unlocked === true));
});
