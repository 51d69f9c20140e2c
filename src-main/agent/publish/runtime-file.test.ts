import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dashboardUrl, readRuntime, removeRuntime, writeRuntime } from './runtime-file.ts';

const facts = {
  pid: 4242,
  port: 47_601,
  token: 'abcdefghijklmnop-_12',
  version: '0.1.0',
  startedMs: 1_700_000_000_000,
};
let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'seclyzer-runtime-'));
});
after(() => rm(dir, { recursive: true }));

test('what is written is read back, for its owner alone, and nothing else is left behind', async () => {
  await writeRuntime(dir, facts);
  assert.deepEqual(await readRuntime(dir), facts);
  assert.equal((await stat(join(dir, 'agent.json'))).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(dir), ['agent.json']);
  assert.equal(dashboardUrl(facts), 'http://127.0.0.1:47601/?token=abcdefghijklmnop-_12');
});

test('only its own writer removes it', async () => {
  await writeRuntime(dir, facts);
  await removeRuntime(dir, 1);
  assert.deepEqual(await readRuntime(dir), facts);
  await removeRuntime(dir, facts.pid);
  assert.equal(await readRuntime(dir), null);
  await removeRuntime(dir, facts.pid);
});

test('a data folder that is a file is said to be none', async () => {
  const file = join(dir, 'file');
  await writeFile(file, '');
  await assert.rejects(readRuntime(file), { message: `${file} is not a folder. Name the data folder with --data.` });
  await rm(file);
});

test('anything else in its place is no runtime', async () => {
  for (const text of [
    '',
    '{',
    '[]',
    '{"pid":1}',
    JSON.stringify({ ...facts, port: 0 }),
    JSON.stringify({ ...facts, token: 'a b' }),
  ]) {
    await writeFile(join(dir, 'agent.json'), text);
    assert.equal(await readRuntime(dir), null, text);
  }
});
