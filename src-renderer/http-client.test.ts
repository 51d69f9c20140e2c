import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { httpClient } from './http-client.ts';
import type { EventListeners, HttpPorts } from './http-client.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A real server for the calls; the event line, which Node lacks, is played by hand. */
async function serve(t: TestContext, reply: (path: string, body: unknown) => Reply) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = reply(request.url ?? '', JSON.parse(Buffer.concat(chunks).toString()) as unknown);
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const lines: { listeners: EventListeners; gaveUp: boolean; closed: boolean }[] = [];
  const later: { run: () => void; ms: number }[] = [];
  const complaints: string[] = [];
  const ports: HttpPorts = {
    fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    openEvents: (_path, listeners) => {
      const line = { listeners, gaveUp: false, closed: false };
      lines.push(line);
      return { gaveUp: () => line.gaveUp, close: () => void (line.closed = true) };
    },
    later: (run, ms) => void later.push({ run, ms }),
    complain: (reason) => void complaints.push(reason),
  };
  return { client: httpClient(ports), lines, later, complaints };
}

test('a call is a POST with its argument; its checked result comes back', async (t) => {
  const asked: unknown[] = [];
  const { client } = await serve(t, (path, body) => {
    asked.push(path, body);
    return { status: 200, body: { result: [] } };
  });
  assert.deepEqual(await client.call('decisions', { limit: 3 }), []);
  assert.deepEqual(asked, ['/call/decisions', { arg: { limit: 3 } }]);
  assert.deepEqual([client.startAgent, client.quit], [null, null]);
});

test("a failure carries the agent's words, or the status where there are none", async (t) => {
  const { client } = await serve(t, (path) =>
    path === '/call/train'
      ? { status: 400, body: { error: 'Too little to train on.' } }
      : { status: 502, body: 'gateway' },
  );
  await assert.rejects(client.call('train'), { message: 'Too little to train on.' });
  await assert.rejects(client.call('snapshot'), { message: 'The agent answered with HTTP 502.' });
});

test('a result that breaks the contract rejects', async (t) => {
  const { client } = await serve(t, () => ({ status: 200, body: { result: [{ atMs: -1 }] } }));
  await assert.rejects(client.call('trustHistory', { minutes: 30 }), /trustHistory: result/);
});

test('a broken line is left to the browser; one that gave up is opened anew, ever more slowly', async (t) => {
  const { client, lines, later } = await serve(t, () => ({ status: 500, body: {} }));
  const links: boolean[] = [];
  client.onLink((up) => void links.push(up));
  const breakLine = (gaveUp: boolean): void => {
    const line = lines.at(-1);
    assert.ok(line);
    line.gaveUp = gaveUp;
    line.listeners.error();
  };
  lines[0]?.listeners.open();
  breakLine(false);
  assert.equal(later.length, 0);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    breakLine(true);
    later.at(-1)?.run();
  }
  assert.deepEqual(
    later.map(({ ms }) => ms),
    [1000, 2000, 4000, 8000, 8000],
  );
  assert.deepEqual(
    lines.map(({ closed }) => closed),
    [true, true, true, true, true, false],
  );
  lines.at(-1)?.listeners.open();
  assert.deepEqual(links, [false, true, false, true]);
});

test('a page that is not let in says so, and what to do', async (t) => {
  const { client, lines } = await serve(t, () => ({ status: 401, body: { error: 'no' } }));
  const refusal = new Promise<string | null>((resolve) => void client.onRefusal(resolve));
  const [line] = lines;
  assert.ok(line);
  line.gaveUp = true;
  line.listeners.error();
  assert.match((await refusal) ?? '', /not let in any more.*seclyzer status/);
});

test('pushes are checked; text that is no JSON is counted like any malformed one', async (t) => {
  const { client, lines, complaints } = await serve(t, () => ({ status: 200, body: {} }));
  const names: string[] = [];
  const counts: number[] = [];
  client.onPush(({ push }) => void names.push(push));
  client.onMalformed((count) => void counts.push(count));
  const send = (data: string) => lines[0]?.listeners.message(data);
  send('{{{');
  send('{"push":"trustPoint","data":{"atMs":1}}');
  send('{"push":"trustPoint","data":{"atMs":1,"trust":90,"low":80,"high":95,"state":"NORMAL"}}');
  assert.deepEqual(counts, [1, 2]);
  assert.equal(complaints.length, 1);
  assert.deepEqual(names, ['trustPoint']);
});
