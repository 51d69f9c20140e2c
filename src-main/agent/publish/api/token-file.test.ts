import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ensureToken, newToken, readToken, tokenFile, watchToken } from './token-file.ts';

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'seclyzer-token-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('it is made once, for its owner alone, and is long enough', async (t) => {
  const dir = folder(t);
  assert.equal(readToken(dir), null);
  const token = await ensureToken(dir);
  // 192 bits in base64url.
  assert.match(token, /^[\w-]{32}$/);
  assert.equal(readFileSync(tokenFile(dir), 'utf8'), `${token}\n`);
  assert.equal(statSync(tokenFile(dir)).mode & 0o777, 0o600);
  assert.deepEqual([await ensureToken(dir), readToken(dir)], [token, token]);
  assert.notEqual(await newToken(dir), token);
});

test('one that others could read, and what is none, is not taken and is made anew', async (t) => {
  const dir = folder(t);
  const token = await ensureToken(dir);
  chmodSync(tokenFile(dir), 0o644);
  assert.equal(readToken(dir), null);
  const fresh = await ensureToken(dir);
  assert.notEqual(fresh, token);
  assert.equal(statSync(tokenFile(dir)).mode & 0o777, 0o600);
  for (const text of ['', '\n', 'short', 'with space in it, which is none', 'x'.repeat(200)]) {
    writeFileSync(tokenFile(dir), text, { mode: 0o600 });
    assert.equal(readToken(dir), null, text);
  }
});

test('a change of the file is seen at the next look', async (t) => {
  const dir = folder(t);
  const look = watchToken(dir);
  assert.equal(look(), null);
  const first = await newToken(dir);
  assert.equal(look(), first);
  const second = await newToken(dir);
  assert.equal(look(), second);
  rmSync(tokenFile(dir));
  assert.equal(look(), null);
});
