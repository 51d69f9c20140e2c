import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { privateFolder } from './private-file.ts';
import { testFolder } from './test-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('makes every folder on the way, for their owner alone; twice is as good as once', (t) => {
  const base = testFolder(t);
  const deep = join(base, 'one', 'two', 'three');
  privateFolder(deep);
  privateFolder(deep);
  assert.deepEqual([join(base, 'one'), join(base, 'one', 'two'), deep].map(modeOf), [0o700, 0o700, 0o700]);
});

test('tightens an empty folder, and leaves one that holds other things as it is', (t) => {
  const base = testFolder(t);
  for (const name of ['empty', 'shared']) {
    mkdirSync(join(base, name));
    chmodSync(join(base, name), 0o755);
  }
  writeFileSync(join(base, 'shared', 'letter'), '');
  for (const name of ['empty', 'shared']) privateFolder(join(base, name));
  assert.deepEqual([modeOf(join(base, 'empty')), modeOf(join(base, 'shared'))], [0o700, 0o755]);
});

test('a file in the place of the folder, or on the way to it, is said to be none', (t) => {
  const file = join(testFolder(t), 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'data')]) {
    assert.throws(() => privateFolder(path), {
      name: 'StoreError',
      kind: 'failed',
      message: `${path} is not a folder, or is to lie in something that is none. Choose another data folder with --data.`,
    });
  }
});

test('where no folder can be made it fails, and does not try for ever', (t) => {
  const dangling = join(testFolder(t), 'link');
  symlinkSync(join(dangling, '..', 'gone'), dangling);
  const paths = existsSync('/proc/self') ? [dangling, '/proc/seclyzer', '/proc/seclyzer/data'] : [dangling];
  for (const path of paths)
    assert.throws(() => privateFolder(path), { name: 'StoreError', message: /--data\.$/ }, path);
});
