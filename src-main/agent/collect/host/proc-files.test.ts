import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../../store/test-folder.ts';
import { openProcFiles } from './proc-files.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'there is no /proc here' };

test('what is written anew is read anew through the kept descriptor, however long it is', (t) => {
  const root = testFolder(t);
  const files = openProcFiles(root);
  t.after(files.close);
  writeFileSync(join(root, 'f'), 'one');
  assert.equal(files.read('/f'), 'one');
  const long = 'é'.repeat(100_000);
  writeFileSync(join(root, 'f'), long);
  assert.equal(files.read('/f'), long);
  writeFileSync(join(root, 'f'), '');
  assert.equal(files.read('/f'), '');
});

test('a list of the kernel that comes in pieces of a page is whole', onLinux, (t) => {
  const files = openProcFiles();
  t.after(files.close);
  const mapped = files.read('/proc/self/smaps') ?? '';
  assert.ok(mapped.length > 8192 && /VmFlags: .*\n$/.test(mapped), `${mapped.length}`);
});

test('what is not there, or is no file, is null; no folder is an empty one', (t) => {
  const root = testFolder(t);
  const files = openProcFiles(root);
  mkdirSync(join(root, 'd'));
  writeFileSync(join(root, 'd', 'x'), '');
  assert.equal(files.read('/none'), null);
  assert.equal(files.readOnce('/none/none'), null);
  assert.deepEqual(files.list('/none'), []);
  assert.deepEqual(files.list('/d'), ['x']);
  assert.throws(() => files.readOnce('/d'), /EISDIR/, 'a mistake of ours is not hidden');
  rmSync(join(root, 'd', 'x'));
  assert.deepEqual(files.list('/d'), []);
});

test('a process that ended is null, also through a descriptor that was kept', onLinux, async (t) => {
  const child = spawn('sleep', ['60']);
  const files = openProcFiles();
  t.after(files.close);
  const path = `/proc/${child.pid}/stat`;
  assert.match(files.read(path) ?? '', /^\d+ \((sleep|node)\)/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(files.read(path), null);
  assert.equal(files.read(path), null);
});
