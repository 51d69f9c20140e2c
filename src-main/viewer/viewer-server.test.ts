import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FleetPush } from '../../src-preload/fleet.ts';
import { fleetFigures } from './fleet-figures.ts';
import { startViewerServer, type ViewerServer } from './viewer-server.ts';

const TOKEN = 'a-token-of-the-viewer-only';
const bearer = { authorization: `Bearer ${TOKEN}` };
const PUSH: FleetPush = {
  ...{ push: 'fleet', atMs: 1, version: '0.1.0', sinceMs: 0, whole: true, rows: [], gone: [], beyond: 0 },
  redis: { state: 'connected', reason: null, fix: null, readMs: 1 },
  refused: { count: 0, newest: [] },
};
const dir = mkdtempSync(join(tmpdir(), 'seclyzer-viewer-'));
let server: ViewerServer;

before(async () => {
  for (const file of ['fleet.html', 'fleet.js', 'fleet.css', 'main.js', 'index.html'])
    writeFileSync(join(dir, file), file);
  server = await startViewerServer({
    subscribe: (listener) => {
      listener(PUSH);
      return () => undefined;
    },
    host: () => null,
    figures: (pages) => fleetFigures([], PUSH.redis, { beyond: 0, refused: 0, pages }),
    health: () => ({ status: 'ok', role: 'viewer', version: '0.1.0', uptimeS: 1, redis: 'connected' }),
    ...{ rendererDir: dir, token: TOKEN, port: 0 },
  });
});
after(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { redirect: 'manual', ...init });

test('nothing but its health is told without the token', async () => {
  for (const path of ['/', '/fleet.js', '/host?id=x', '/events', '/figures', '/nowhere']) {
    assert.equal((await ask(path)).status, 401, path);
    assert.equal((await ask(path, { headers: { authorization: 'Bearer another' } })).status, 401, path);
  }
  assert.deepEqual(await (await ask('/healthz')).json(), {
    ...{ status: 'ok', role: 'viewer', version: '0.1.0', uptimeS: 1, redis: 'connected' },
  });
  assert.match(await (await ask('/', { headers: { accept: 'text/html' } })).text(), /seclyzer run --role viewer/);
});

test('there is no way to change anything', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    for (const path of ['/', '/host', '/events', '/call/pause', '/call/deleteData', '/link', '/ingest']) {
      const answer = await ask(path, { method, headers: bearer });
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.equal(answer.headers.get('allow'), 'GET, HEAD');
    }
});

test('of the built pages only its own are served, under the policy of the dashboard', async () => {
  const page = await ask('/', { headers: bearer });
  assert.equal(await page.text(), 'fleet.html');
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(await (await ask('/fleet.js', { headers: bearer })).text(), 'fleet.js');
  for (const path of ['/main.js', '/index.html', '/%2e%2e/package.json', '/call/snapshot', '/export'])
    assert.equal((await ask(path, { headers: bearer })).status, 404, path);
});

test('a link with the token gives a cookie and leads to the page; one that was made for a browser works once', async () => {
  const opened = await ask(`/?token=${TOKEN}`);
  assert.equal(opened.status, 303);
  assert.match(
    opened.headers.get('set-cookie') ?? '',
    new RegExp(`^seclyzer_${server.port}=.*HttpOnly; SameSite=Strict`),
  );
  const once = server.newLink().replace(/^http:\/\/[^/]+/, '');
  assert.equal((await ask(once)).status, 303);
  assert.equal((await ask(once)).status, 401);
});

test('pushes, and hosts that are not there', async () => {
  const stop = new AbortController();
  const events = await ask('/events', { headers: bearer, signal: stop.signal });
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('data: ')) text += (await reader?.read())?.value ?? '';
  assert.deepEqual(JSON.parse(/data: (.*)\n/.exec(text)?.[1] ?? ''), PUSH);
  const figures = (await (await ask('/figures', { headers: bearer })).json()) as { readonly pages: number };
  assert.equal(figures.pages, 1);
  stop.abort();
  assert.equal((await ask('/host?id=none', { headers: bearer })).status, 404);
  assert.equal((await ask('/host?id=a&id=b', { headers: bearer })).status, 404);
});
