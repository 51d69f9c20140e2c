// A log guard whose database can't be opened: it says why and how to mend that, and all else goes on.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startAgent } from '../agent.ts';
import { syntheticOptions } from '../options.fixture.ts';
import { createCipher } from '../store/cipher.ts';
import { loadDriver } from '../store/driver.ts';
import { testFolder, testKey } from '../store/test-folder.ts';
import { GUARD_FILE } from './open-guard-store.ts';
import { openOrDoWithout } from './open-or-do-without.ts';

const cipher = createCipher(testKey());

test('a sound database has nothing said about it, a damaged one is set aside and the guard works', (t) => {
  const dataDir = testFolder(t);
  const sound = openOrDoWithout(dataDir, cipher, 0);
  sound.db.close();
  assert.deepEqual([sound.trouble, sound.refused], [null, null]);
  const other = openOrDoWithout(dataDir, createCipher(testKey(8)), 0);
  other.db.close();
  assert.equal(other.refused, null);
  assert.match(other.trouble ?? '', /^What the log guard had kept was damaged .* set aside as .*guard\.db\.damaged-/);
});

test('one of a newer SecLyzer stays as it is, and the guard is unavailable', (t) => {
  const dataDir = testFolder(t);
  const path = join(dataDir, GUARD_FILE);
  const newer = new (loadDriver())(path);
  newer.pragma('user_version = 99');
  newer.close();
  const { db, trouble, refused } = openOrDoWithout(dataDir, cipher, 0);
  db.close();
  const reason = `its database can't be used. ${path} was written by a newer SecLyzer. Update SecLyzer, or choose another data folder with --data.`;
  assert.equal(refused?.reason, reason);
  assert.equal(refused.fix, 'Put that right, then start SecLyzer again.');
  assert.equal(trouble, `The log guard is unavailable: ${reason} ${refused.fix}`);
  const still = new (loadDriver())(path, { readonly: true });
  assert.equal(still.pragma('user_version', { simple: true }), 99);
  still.close();
});

test('the agent starts without it, watches who types, and tells what is missing', async (t) => {
  const dataDir = testFolder(t);
  // Nobody may write there, not even the superuser.
  mkdirSync(join(dataDir, GUARD_FILE));
  const agent = await startAgent({ options: syntheticOptions(dataDir), version: '1.2.3' });
  try {
    const { running, sources } = await agent.handlers.guard(null);
    assert.equal(running, false);
    assert.deepEqual(
      sources.map(({ status, fix }) => [status, fix]),
      [['unavailable', 'Put that right, then start SecLyzer again.']],
    );
    assert.match(sources[0]?.reason ?? '', /^its database can't be used\. .*guard\.db/);
    assert.deepEqual(await agent.handlers.incidents({ limit: 10, by: 'time' }), []);
    const { state, modalities, notices } = await agent.handlers.snapshot(null);
    assert.deepEqual([state, modalities[0]?.status], ['LEARNING', 'learning']);
    assert.ok(notices.some(({ text }) => text.startsWith('The log guard is unavailable: its database')));
  } finally {
    await agent.stop();
  }
});
