import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgentFixture, SNAPSHOT } from './agent.fixture.ts';
import { READERS_AT_MOST } from './event-stream.ts';
import { PortTaken } from './listen.ts';
import { startServer, type DashboardServer } from './server.ts';

const TOKEN = 'a-token-of-twenty-four-c';
const bearer = { authorization: `Bearer ${TOKEN}` };
const json = { ...bearer, 'content-type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends exactly these headers: `fetch` would neither let Host be set nor keep redirects apart. */
function ask(port: number, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (holds()) return;
    await sleep(10);
  }
  assert.fail(`waited ten seconds in vain: ${what}`);
}

let rendererDir = '';
before(async () => {
  rendererDir = await mkdtemp(join(tmpdir(), 'seclyzer-page-'));
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(rendererDir, 'main.js'), 'export {};\n');
  await writeFile(join(rendererDir, '.secret'), 'hidden');
  await mkdir(join(rendererDir, 'inner'));
});
after(() => rm(rendererDir, { recursive: true }));

async function withServer(
  run: (server: DashboardServer, agent: ReturnType<typeof createAgentFixture>) => Promise<void>,
  heartbeatMs = 15_000,
): Promise<void> {
  const agent = createAgentFixture();
  const health = () => ({ status: 'ok', version: '0.1.0', state: 'NORMAL', uptimeS: 7 }) as const;
  const server = await startServer({ agent, health, rendererDir, token: TOKEN, port: 0, heartbeatMs });
  try {
    await run(server, agent);
  } finally {
    await server.close();
  }
}

describe('who may come in', () => {
  test('the printed link sets a strict cookie, leads to the page, and the cookie alone opens it', () =>
    withServer(async ({ port, url }) => {
      const link = new URL(url);
      assert.equal(link.origin, `http://127.0.0.1:${port}`);
      const first = await ask(port, `${link.pathname}${link.search}`);
      assert.equal(first.status, 303);
      assert.equal(first.headers.location, '/');
      const cookie = first.headers['set-cookie']?.[0] ?? '';
      assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Strict$/);
      const page = await ask(port, '/', { cookie: cookie.split(';')[0] ?? '' });
      assert.equal(page.status, 200);
      assert.match(page.body, /<title>page<\/title>/);
    }));

  test('a link for a browser works once and gives the same cookie', () =>
    withServer(async ({ port, newLink }) => {
      const issued = await ask(port, '/link', json, '{}');
      for (const url of [newLink(), (JSON.parse(issued.body) as { url: string }).url]) {
        assert.ok(!url.includes(TOKEN));
        const { pathname, search } = new URL(url);
        const first = await ask(port, `${pathname}${search}`);
        assert.equal(first.status, 303);
        const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
        assert.equal((await ask(port, '/', { cookie })).status, 200);
        assert.equal((await ask(port, `${pathname}${search}`)).status, 401);
      }
      assert.equal((await ask(port, '/link', { 'content-type': 'application/json' }, '{}')).status, 401);
    }));

  test('no token, a wrong one, a longer one and an empty one are refused everywhere but /healthz', () =>
    withServer(async ({ port }, agent) => {
      for (const path of ['/', '/main.js', '/events', '/nothing', '/?token=wrong', `/main.js?token=${TOKEN}`]) {
        assert.equal((await ask(port, path)).status, 401, path);
      }
      for (const token of ['wrong', `${TOKEN}x`, TOKEN.slice(0, -1), '']) {
        const answer = await ask(port, '/call/train', { ...json, authorization: `Bearer ${token}` }, '{}');
        assert.equal(answer.status, 401, token);
      }
      assert.equal((await ask(port, '/', { authorization: `Basic ${TOKEN}` })).status, 401);
      assert.deepEqual(agent.calls, []);
      assert.equal((await ask(port, '/healthz')).status, 200);
    }));

  test('a browser without the token reads how to get the link', () =>
    withServer(async ({ port }) => {
      const page = await ask(port, '/', { accept: 'text/html,*/*' });
      assert.equal(page.status, 401);
      assert.match(page.headers['content-type'] ?? '', /^text\/html/);
      assert.match(page.body, /seclyzer status/);
      assert.ok(!page.body.includes(TOKEN));
    }));

  test('any Host but our own is misdirected, also for /healthz and with the token', () =>
    withServer(async ({ port }) => {
      for (const host of [
        'evil.example',
        '127.0.0.1',
        `evil.example:${port}`,
        `127.0.0.1:${port + 1}`,
        `0.0.0.0:${port}`,
      ]) {
        assert.equal((await ask(port, '/', { ...bearer, host })).status, 421, host);
        assert.equal((await ask(port, '/healthz', { host })).status, 421, host);
      }
      assert.equal((await ask(port, '/', { ...bearer, host: `localhost:${port}` })).status, 200);
    }));

  test('any Origin but our own is refused', () =>
    withServer(async ({ port }) => {
      const origins = [
        'http://evil.example',
        'null',
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}.evil.example`,
      ];
      for (const origin of [...origins, `http://localhost:${port}`]) {
        assert.equal((await ask(port, '/call/snapshot', { ...json, origin }, '{}')).status, 403, origin);
      }
      const own = { ...json, origin: `http://127.0.0.1:${port}` };
      assert.equal((await ask(port, '/call/snapshot', own, '{}')).status, 200);
    }));

  test('strangers are slowed down, and the owner still gets in', () =>
    withServer(async ({ port }) => {
      const statuses: number[] = [];
      for (let i = 0; i < 70; i++) statuses.push((await ask(port, '/')).status);
      assert.deepEqual([...new Set(statuses)], [401, 429]);
      assert.equal(statuses.indexOf(429), 60);
      assert.equal((await ask(port, '/', bearer)).status, 200);
    }));
});

describe('what it answers', () => {
  test('every answer carries the policy, also a refusal and an event stream', () =>
    withServer(async ({ port }) => {
      const expected =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
      const stream = await fetch(`http://127.0.0.1:${port}/events`, { headers: bearer });
      assert.equal(stream.headers.get('content-security-policy'), expected);
      await stream.body?.cancel();
      for (const answer of [
        await ask(port, '/', bearer),
        await ask(port, '/'),
        await ask(port, '/', { host: 'evil' }),
      ]) {
        assert.equal(answer.headers['content-security-policy'], expected);
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.equal(answer.headers['referrer-policy'], 'no-referrer');
      }
    }));

  test('health needs no token and says version, state and uptime', () =>
    withServer(async ({ port }) => {
      const answer = await ask(port, '/healthz');
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      assert.deepEqual(JSON.parse(answer.body), { status: 'ok', version: '0.1.0', state: 'NORMAL', uptimeS: 7 });
    }));

  test('files of the page only: no hidden file, no way out of the folder, unchanged files as 304', () =>
    withServer(async ({ port }) => {
      const script = await ask(port, '/main.js', bearer);
      assert.match(script.headers['content-type'] ?? '', /javascript/);
      assert.equal(script.headers['cache-control'], 'no-cache');
      const etag = script.headers.etag ?? '';
      assert.equal((await ask(port, '/main.js', { ...bearer, 'if-none-match': etag })).status, 304);
      for (const path of [
        '/.secret',
        '/../server.ts',
        '/..%2f..%2fetc/passwd',
        '/%2e%2e/etc/passwd',
        '/inner/',
        '/none.js',
      ]) {
        const { status, body } = await ask(port, path, bearer);
        assert.ok(status === 403 || status === 404 || status === 400, `${path}: ${status}`);
        assert.ok(!body.includes('hidden') && !body.includes('root:'));
      }
    }));

  test('calls are checked by the contract, and failures are readable', () =>
    withServer(async ({ port }, agent) => {
      const post = (name: string, body: string, headers = json) => ask(port, `/call/${name}`, headers, body);
      assert.deepEqual(JSON.parse((await post('snapshot', '{}')).body), { result: SNAPSHOT });
      assert.deepEqual(JSON.parse((await post('trustHistory', '{"arg":{"minutes":30}}')).body), { result: [] });
      assert.equal(agent.calls.at(-1), 'trustHistory 30');
      const wrong = await post('trustHistory', '{"arg":{"minutes":0}}');
      assert.equal(wrong.status, 400);
      assert.match((JSON.parse(wrong.body) as { error: string }).error, /^trustHistory: argument: minutes/);
      for (const name of ['__proto__', 'constructor', 'nothing'])
        assert.equal((await post(name, '{}')).status, 404, name);
      assert.equal((await post('snapshot', '{"arg":')).status, 400);
      assert.equal((await post('snapshot', '{"__proto__":{"arg":1}}')).status, 400);
      assert.equal((await post('snapshot', 'arg=1', { ...json, 'content-type': 'text/plain' })).status, 415);
      assert.deepEqual(agent.calls, ['snapshot', 'trustHistory 30']);
    }));

  test('a body of 64 kB is read, a larger one is refused', () =>
    withServer(async ({ port }, agent) => {
      const padded = (bytes: number) => `{"pad":"${'x'.repeat(bytes - 10)}"}`;
      assert.equal(padded(100).length, 100);
      assert.equal((await ask(port, '/call/snapshot', json, padded(65_536))).status, 200);
      assert.equal((await ask(port, '/call/snapshot', json, padded(65_537))).status, 413);
      assert.deepEqual(agent.calls, ['snapshot']);
    }));
});

describe('pushes', () => {
  test('arrive in order, with a heartbeat between them, and stop being made when the reader leaves', () =>
    withServer(async ({ port, readers }, agent) => {
      const leave = new AbortController();
      const response = await fetch(`http://127.0.0.1:${port}/events`, { headers: bearer, signal: leave.signal });
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      assert.equal(agent.listeners(), 1);
      const point = { atMs: 5, trust: 60, low: 50, high: 70, state: 'MONITORING' } as const;
      agent.push({ push: 'trustPoint', data: point });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      assert.ok(reader);
      let text = '';
      while (!text.includes(': still here\n\n')) text += (await reader.read()).value ?? '';
      const messages = [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as unknown);
      assert.deepEqual(messages, [
        { push: 'snapshot', data: SNAPSHOT },
        { push: 'trustPoint', data: point },
      ]);
      leave.abort();
      await until('the reader is gone', () => agent.listeners() === 0 && readers() === 0);
    }, 20));

  test('a reader that does not read is cut off', () =>
    withServer(async ({ port, readers }, agent) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`);
      await until('the stream is open', () => readers() === 1);
      socket.pause();
      const prompt = await fetch(`http://127.0.0.1:${port}/events`, { headers: bearer });
      const read = prompt.body?.pipeTo(new WritableStream());
      const data = { ...SNAPSHOT, sentence: 'x'.repeat(2000) };
      // The kernel takes a few MB for an idle reader; 60 MB is far more than that and our own backlog together.
      for (let sent = 0; sent < 20_000 && readers() === 2; sent++) {
        agent.push({ push: 'snapshot', data });
        if (sent % 10 === 0) await sleep(1);
      }
      await until('the slow reader is gone, the other one is not', () => readers() === 1 && agent.listeners() === 1);
      await sleep(50);
      assert.equal(readers(), 1);
      socket.destroy();
      void read;
    }));

  test('there are no more readers than allowed', () =>
    withServer(async ({ port, readers }) => {
      const leave = new AbortController();
      const open = () => fetch(`http://127.0.0.1:${port}/events`, { headers: bearer, signal: leave.signal });
      for (let i = 0; i < READERS_AT_MOST; i++) assert.equal((await open()).status, 200);
      assert.equal((await open()).status, 503);
      leave.abort();
      await until('all are gone', () => readers() === 0);
    }));

  test('closing the server ends the streams', async () => {
    let ended: Promise<unknown> | undefined;
    await withServer(async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}/events`, { headers: bearer });
      ended = response.text();
    });
    assert.match(String(await ended), /^retry: 2000\n\ndata: /);
  });
});

describe('ports', () => {
  test('a port that was asked for and is taken is an error that says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    const start = startServer({
      agent: createAgentFixture(),
      health: () => ({ status: 'ok', version: '0', state: 'LEARNING', uptimeS: 0 }),
      rendererDir,
      token: TOKEN,
      port: address.port,
    });
    await assert.rejects(start, (error: Error) => {
      assert.ok(error instanceof PortTaken);
      assert.equal(
        error.message,
        `Port ${address.port} is in use. Choose another one, or leave --port out to get a free one.`,
      );
      return true;
    });
    other.close();
  });

  test('without a port two servers get two different ones', async () => {
    const start = () =>
      startServer({
        agent: createAgentFixture(),
        health: () => ({ status: 'ok', version: '0', state: 'LEARNING', uptimeS: 0 }),
        rendererDir,
        token: TOKEN,
      });
    const [one, two] = [await start(), await start()];
    assert.ok(one.port >= 47_600 && two.port > one.port && two.port < 47_700);
    await Promise.all([one.close(), two.close()]);
  });

  test('a dashboard that was not built is an error that says how to build it', async () => {
    const start = startServer({
      agent: createAgentFixture(),
      health: () => ({ status: 'ok', version: '0', state: 'LEARNING', uptimeS: 0 }),
      rendererDir: join(rendererDir, 'inner'),
      token: TOKEN,
      port: 0,
    });
    await assert.rejects(start, /Build them: npm run build$/);
  });
});
