import assert from 'node:assert/strict';
import { existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { removeOverwritten } from './overwritten-file.ts';
import { testFolder } from './test-folder.ts';

test('a file is gone, and its bytes were overwritten where they lay', async (t) => {
  const folder = testFolder(t);
  const [file, other] = [path.join(folder, 'model'), path.join(folder, 'the same file')];
  writeFileSync(file, Buffer.alloc(200_001, 7));
  // Another name of the same bytes shows what became of them.
  linkSync(file, other);
  assert.equal(await removeOverwritten(file), 200_001);
  assert.equal(existsSync(file), false);
  assert.ok(readFileSync(other).equals(Buffer.alloc(200_001)));
  assert.equal(await removeOverwritten(file), 0, 'fine when there is none');
});
