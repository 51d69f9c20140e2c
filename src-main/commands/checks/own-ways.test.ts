// What the doctor says of the API, the audit log and Redis: a real port, a real database that is tampered with, a real redis-server.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS, type SettingsView, type UserSettings } from '../../../src-preload/contract.ts';
import { openSealed } from '../../agent/open-data.ts';
import { NO_REDIS as skip, freePort, startRedis } from '../../agent/publish/redis/redis-server.fixture.ts';
import { SETTINGS } from '../../agent/publish/settings.fixture.ts';
import { loadDriver } from '../../agent/store/driver.ts';
import { testFolder } from '../../agent/store/test-folder.ts';
import type { InForce } from '../settings-in-force.ts';
import { api } from './api.ts';
import { auditLog } from './audit-log.ts';
import { redis } from './redis.ts';

const inForce =
  (change: Partial<UserSettings> = {}, view: Partial<SettingsView> | null = null) =>
  async (): Promise<InForce> => ({
    settings: { ...DEFAULT_USER_SETTINGS, ...change },
    view: view === null ? null : { ...SETTINGS, ...view },
  });
const apiAt = (part: Partial<UserSettings['api']>) => ({ api: { ...DEFAULT_USER_SETTINGS.api, ...part } });

test('the API: where it listens, that it is off, that its port is taken', async (t) => {
  const running = { api: { wanted: true, url: 'http://127.0.0.1:47700', reason: null, fix: null } };
  assert.deepEqual(await api(inForce({}, running))(), {
    ...{ state: 'works', detail: 'listens at http://127.0.0.1:47700', fix: null },
  });
  const refused = { api: { wanted: true, url: null, reason: 'Port 80 is in use', fix: 'Choose another.' } };
  assert.deepEqual(await api(inForce({}, refused))(), {
    ...{ state: 'missing', detail: 'Port 80 is in use', fix: 'Choose another.' },
  });
  assert.match((await api(inForce(apiAt({ enabled: false })))()).detail, /^off/);
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const taken = await api(inForce(apiAt({ enabled: true, port })))();
  assert.deepEqual([taken.state, /in use by another program/.test(taken.detail)], ['missing', true]);
  assert.match(taken.fix ?? '', /^Choose another port/);
  const open = await api(inForce(apiAt({ enabled: true, address: '0.0.0.0', port: await freePort() })))();
  assert.deepEqual([open.state, /can read along/.test(open.detail)], ['partly', true]);
});

test('the audit log: before the first start, whole, and with an entry taken out', async (t) => {
  const folder = testFolder(t);
  const check = auditLog(folder, '0.1.0', inForce());
  assert.deepEqual((await check()).detail, 'begins with the first start');
  const { store } = await openSealed(folder, null);
  for (const n of [1, 2, 3]) store.addAudit({ atMs: Date.UTC(2026, 10, n), kind: 'pause', text: `Paused ${n}.` });
  store.close();
  assert.deepEqual(await check(), { state: 'works', detail: 'whole, 3 entries, verified just now', fix: null });
  const db = new (loadDriver())(join(folder, 'seclyzer.db'));
  db.exec('DELETE FROM entry WHERE seq = 2');
  db.close();
  const broken = await check();
  assert.deepEqual([broken.state, /Entry 2/.test(broken.detail)], ['missing', true], broken.detail);
  assert.match(broken.fix ?? '', /^seclyzer data verify/);
});

test('Redis: none, out of reach, all allowed, and a right that is missing', { skip }, async (t) => {
  const folder = testFolder(t);
  const at = (url: string | null) =>
    redis(folder, join(folder, 'settings.json'), inForce({ redis: { ...DEFAULT_USER_SETTINGS.redis, url } }))();
  assert.deepEqual([(await at(null)).state, (await at(null)).fix], ['works', null]);
  const away = await at(`redis://127.0.0.1:${await freePort()}`);
  assert.deepEqual([away.state, away.detail.startsWith('Nothing listens at')], ['missing', true]);
  assert.match(away.fix ?? '', /^Start Redis there/);
  const server = await startRedis({ folder: testFolder(t) });
  t.after(server.stop);
  const url = `redis://127.0.0.1:${server.port}`;
  assert.deepEqual(await at(url), { state: 'works', detail: `${url} allows all that the settings want`, fix: null });
  server.cli('ACL', 'SETUSER', 'default', '-pexpire');
  const less = await at(url);
  assert.deepEqual([less.state, less.detail.endsWith('refused are pexpire seclyzer:host:check')], ['partly', true]);
  assert.match(less.fix ?? '', /ACL SETUSER default ~seclyzer:host:\*/);
});
