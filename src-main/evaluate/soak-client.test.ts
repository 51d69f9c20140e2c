// A server that answers well, refuses, breaks and goes away, as a client counts it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { soakClient } from './soak-client.ts';

async function serve(t: TestContext) {
  const tokens = new Map<string, string | undefined>();
  const server = createServer((request: IncomingMessage, response) => {
    const path = request.url ?? '';
    tokens.set(path, request.headers.authorization);
    if (path === '/events' || path === '/live') {
      response.write('data: {}\n\ndata: {}\n\n');
      return;
    }
    const { port } = server.address() as AddressInfo;
    const answers: Readonly<Record<string, readonly [number, unknown]>> = {
      '/call/settings': [200, { result: { api: { url: `http://127.0.0.1:${port}` } } }],
      '/call/guard': [200, { result: { lines: 7 } }],
      '/call/train': [500, { error: 'It broke at 09:15.' }],
      '/ingest': [200, { accepted: 1, refused: 2, reasons: [] }],
      '/metrics': [404, { detail: 'There is nothing.' }],
    };
    const [status, body] = answers[path] ?? [503, {}];
    response.writeHead(status).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  const client = soakClient(new URL(`http://127.0.0.1:${port}/?token=of-the-page`), () => 'of-the-api');
  return { client, tokens, server };
}

test('answers come back, each side gets its own token', async (t) => {
  const { client, tokens } = await serve(t);
  assert.deepEqual(await client.call('guard'), { lines: 7 });
  assert.equal(await client.ingest([{}, {}, {}]), 2);
  assert.equal(tokens.get('/call/guard'), 'Bearer of-the-page');
  assert.equal(tokens.get('/ingest'), 'Bearer of-the-api');
  assert.deepEqual(client.counts().failures, {});
});

test('a fault is a failure, a no is a refusal, each counted by its words without numbers', async (t) => {
  const { client, server } = await serve(t);
  assert.equal(await client.call('train'), null);
  assert.equal(await client.call('train'), null);
  assert.equal(await client.get('/metrics'), null);
  assert.equal(await client.get('/other?limit=3'), null);
  const { failures, refusals } = client.counts();
  assert.deepEqual(failures, { 'train: # {"error":"It broke at #:#."}': 2 });
  assert.deepEqual(refusals, { 'GET /metrics: # {"detail":"There is nothing."}': 1, 'GET /other: # {}': 1 });
  server.closeAllConnections();
  server.close();
  assert.equal(await client.call('guard'), null);
  assert.equal(Object.keys(client.counts().failures).length, 2);
});

test('a stream is listened to for so long, and its messages are counted', async (t) => {
  const { client } = await serve(t);
  const began = performance.now();
  assert.equal(await client.listen('dashboard', 150), 2);
  assert.ok(performance.now() - began >= 140);
  assert.equal(await client.listen('api', 150), 2);
  assert.equal(client.counts().messages, 4);
  assert.deepEqual(client.counts().failures, {});
});
