import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../store/test-folder.ts';
import { localAddress } from './local-socket-path.ts';

/** `/` and 88 letters, with `/agent.sock` behind it: 100 bytes. */
const LONGEST = `/${'d'.repeat(88)}`;

test('the socket lies in the data folder', { skip: process.platform === 'win32' }, () => {
  assert.equal(localAddress('/home/ada/data', 'linux').path, '/home/ada/data/agent.sock');
  assert.equal(localAddress(LONGEST, 'darwin').path, `${LONGEST}/agent.sock`);
});

test('a path that is too long by a byte is refused in words where there is no way round', () => {
  assert.throws(() => localAddress(`${LONGEST}d`, 'darwin'), /is too long for a local socket\. Choose a data folder/);
  // 45 letters of two bytes each.
  assert.throws(() => localAddress(`/${'é'.repeat(45)}`, 'darwin'), /is too long/);
});

test('on Linux a short name leads into a deep folder', { skip: process.platform !== 'linux' }, (t) => {
  const folder = join(testFolder(t), 'd'.repeat(200));
  mkdirSync(folder);
  writeFileSync(join(folder, 'agent.sock'), 'here');
  const { path, release } = localAddress(folder);
  assert.ok(path.length < 40, path);
  assert.equal(readFileSync(path, 'utf8'), 'here');
  release();
  assert.throws(() => readFileSync(path, 'utf8'), { code: 'ENOENT' });
});

test('on Windows it is a pipe: one a folder, the same for every spelling of it', () => {
  const pipe = (folder: string) => localAddress(folder, 'win32').path;
  assert.match(pipe('/Data/Ada'), /^\\\\\.\\pipe\\seclyzer-[0-9a-f]{32}$/);
  assert.equal(pipe('/Data/Ada'), pipe('/data/./ada'));
  assert.notEqual(pipe('/data/ada'), pipe('/data/grace'));
});
