import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { apiWanted, DEFAULT_USER_SETTINGS, type UserSettings } from '../../../../src-preload/contract.ts';
import { createMonitor } from '../../monitor/monitor.ts';
import { createAgentFixture, SNAPSHOT } from '../agent.fixture.ts';
import { createApi } from './api.ts';
import { hostsOf } from './api-guard.ts';
import { tokenFile } from './token-file.ts';

function stage(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'seclyzer-api-'));
  const settings: { -readonly [K in keyof UserSettings['api']]: UserSettings['api'][K] } = {
    ...{ enabled: true, port: null, address: '127.0.0.1' },
  };
  const notices: (string | null)[] = [];
  const monitor = createMonitor({
    settings: () => ({ enabled: false, intervalSeconds: 1, commandLines: false }),
    ...{ store: { get: () => null, set: () => undefined }, tell: () => undefined, sources: [] },
  });
  const api = createApi({
    ...{ settings: () => settings, wanted: () => settings.enabled === true, dataDir },
    notice: (text) => notices.push(text),
    sources: {
      ...{ version: '0.1.0', snapshot: () => SNAPSHOT, monitor, subscribe: createAgentFixture().subscribe },
      ...{ trustHistory: () => [], alerts: () => [], takeInput: null, nowMs: Date.now },
      guard: () => assert.fail('nobody asks for it here'),
      resources: { view: () => assert.fail('nor for this'), history: () => [] },
      ways: () => assert.fail('nor for these'),
    },
  });
  t.after(async () => {
    await api.stop();
    rmSync(dataDir, { recursive: true });
  });
  return { api, settings, notices, dataDir };
}

const health = async (url: string | null): Promise<number | null> =>
  (await fetch(`${url}/healthz`).catch(() => null))?.status ?? null;

async function takenPort(t: TestContext): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('off, there is neither a port nor a token; on and off again while it runs', async (t) => {
  const { api, settings, dataDir } = stage(t);
  settings.enabled = false;
  await api.apply();
  assert.deepEqual(api.view(), { wanted: false, url: null, reason: null, fix: null });
  assert.ok(!existsSync(tokenFile(dataDir)));
  settings.enabled = true;
  await api.apply();
  const { url } = api.view();
  assert.match(url ?? '', /^http:\/\/127\.0\.0\.1:477\d\d$/);
  assert.equal(await health(url), 200);
  assert.ok(existsSync(tokenFile(dataDir)));
  await api.apply();
  assert.equal(api.view().url, url, 'nothing has changed');
  settings.enabled = false;
  await api.apply();
  assert.equal(await health(url), null);
});

test('two agents get two ports', async (t) => {
  const [one, two] = [stage(t), stage(t)];
  await Promise.all([one.api.apply(), two.api.apply()]);
  assert.notEqual(one.api.view().url, two.api.view().url);
  assert.deepEqual([await health(one.api.view().url), await health(two.api.view().url)], [200, 200]);
});

test('a port that is taken, and an address that is none of this machine: said, with what to do; mended without a restart', async (t) => {
  const { api, settings, notices } = stage(t);
  settings.port = await takenPort(t);
  await api.apply();
  const fix = 'Choose another port or address for the API under Settings.';
  assert.deepEqual(api.view(), { wanted: true, url: null, reason: `Port ${settings.port} is in use`, fix });
  assert.deepEqual(notices, [`The API is not available: Port ${settings.port} is in use. ${fix}`]);
  Object.assign(settings, { port: null, address: '203.0.113.1' });
  await api.apply();
  assert.equal(api.view().reason, '203.0.113.1 is no address of this machine');
  settings.address = '127.0.0.1';
  await api.apply();
  assert.equal(await health(api.view().url), 200);
  assert.equal(notices.at(-1), null);
});

test('where nobody has said anything it is on in the browser host alone', () => {
  assert.deepEqual(
    [apiWanted(DEFAULT_USER_SETTINGS, 'browser'), apiWanted(DEFAULT_USER_SETTINGS, 'tray')],
    [true, false],
  );
  const off = { ...DEFAULT_USER_SETTINGS, api: { ...DEFAULT_USER_SETTINGS.api, enabled: false } };
  assert.equal(apiWanted(off, 'browser'), false);
});

test('the names by which it may be asked for', () => {
  assert.deepEqual(hostsOf('127.0.0.1', 1), ['127.0.0.1:1', 'localhost:1']);
  assert.deepEqual(hostsOf('::1', 1), ['[::1]:1', 'localhost:1']);
  assert.deepEqual(hostsOf('203.0.113.1', 1), ['203.0.113.1:1']);
  assert.ok(hostsOf('0.0.0.0', 1).includes('127.0.0.1:1'));
});
