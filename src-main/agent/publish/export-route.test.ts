import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createAgentFixture } from './agent.fixture.ts';
import { startServer } from './server.ts';

const TOKEN = 'a-token-of-twenty-four-c';
const headers = { authorization: `Bearer ${TOKEN}` };

async function serving(t: TestContext, exported = createAgentFixture().exported): Promise<string> {
  const rendererDir = await mkdtemp(join(tmpdir(), 'seclyzer-page-'));
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html>');
  const health = () => ({ status: 'ok', version: '0.1.0', state: 'NORMAL', uptimeS: 7 }) as const;
  const agent = { ...createAgentFixture(), exported };
  const server = await startServer({ agent, health, rendererDir, token: TOKEN, port: 0 });
  t.after(async () => {
    await server.close();
    await rm(rendererDir, { recursive: true });
  });
  return `http://127.0.0.1:${server.port}/export`;
}

test('an export is a compressed file to be saved, for whoever holds the token', async (t) => {
  const url = await serving(t);
  assert.equal((await fetch(url)).status, 401);
  const answer = await fetch(url, { headers });
  assert.equal(answer.headers.get('content-type'), 'application/gzip');
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="seclyzer-\d{4}-.+\.json\.gz"$/);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.deepEqual(JSON.parse(gunzipSync(bytes).toString()), { format: 'seclyzer-export' });
});

const failingAfter = (pieces: readonly string[], why: string) =>
  async function* (): AsyncGenerator<string> {
    yield* pieces;
    throw new Error(why);
  };

test('one that is refused says why, and one that fails on the way is cut off', async (t) => {
  const refused = await serving(t, failingAfter([], 'Not while SecLyzer doubts.'));
  const answer = await fetch(refused, { headers });
  assert.deepEqual([answer.status, await answer.json()], [403, { error: 'Not while SecLyzer doubts.' }]);
  const failing = await serving(t, failingAfter(['x'.repeat(200_000)], 'the disk is gone'));
  const half = await fetch(failing, { headers });
  // Before anything was sent it can still be said; afterwards the line is cut.
  if (half.ok) await assert.rejects(half.arrayBuffer());
  else assert.equal(half.status, 500);
});
