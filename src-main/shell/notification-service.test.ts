import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { connectBus } from '../dbus.ts';
import { busConfig } from '../sparing-bus.fixture.ts';
import { NO_SERVICE, followNotificationService, type Lack } from './notification-service.ts';

const skip =
  process.platform !== 'linux'
    ? 'D-Bus is on Linux'
    : !existsSync('/usr/bin/dbus-daemon') && 'no dbus-daemon: sudo apt-get install dbus';

const NAME = 'org.freedesktop.Notifications';
async function startBus(folder: string, ...services: string[]) {
  const file = path.join(folder, 'bus.conf');
  writeFileSync(file, busConfig(...services));
  const bus = spawn('dbus-daemon', ['--config-file', file, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  return { bus, env: { DBUS_SESSION_BUS_ADDRESS: address.toString().trim() } };
}

async function until(happened: () => boolean): Promise<void> {
  for (const limit = performance.now() + 5000; !happened();) {
    assert.ok(performance.now() < limit, 'nothing was told');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What is told of a bus of its own, with or without a folder of programs that it can start. */
async function following(t: TestContext, startable = false) {
  const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-service-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, `${NAME}.service`), `[D-BUS Service]\nName=${NAME}\nExec=/nowhere/daemon\n`);
  const { bus, env } = await startBus(folder, ...(startable ? [folder] : []));
  t.after(() => bus.kill());
  const watching = await connectBus('session', env);
  t.after(watching.close);
  const told: (Lack | null)[] = [];
  await followNotificationService(
    env,
    (lack) => told.push(lack),
    () => Promise.resolve(watching),
  );
  return { env, told };
}

test('a service that comes and goes is told', { skip }, async (t) => {
  const { env, told } = await following(t);
  assert.equal(told.length, 1);
  const service = await connectBus('session', env);
  const daemon = 'org.freedesktop.DBus';
  await service.call({ name: daemon, path: '/org/freedesktop/DBus', interface: daemon }, 'RequestName', 'su', [
    NAME,
    0,
  ]);
  await until(() => told.length === 2);
  await service.close();
  await until(() => told.length === 3);
  assert.deepEqual(told, [NO_SERVICE, null, NO_SERVICE]);
});

test('one that the bus can start counts', { skip }, async (t) => {
  const { told } = await following(t, true);
  assert.deepEqual(told, [null]);
});

test('no session bus: the reason, and what to do', { skip }, async () => {
  const told: (Lack | null)[] = [];
  await followNotificationService({ XDG_RUNTIME_DIR: '/nowhere' }, (lack) => told.push(lack));
  assert.deepEqual(told, [
    {
      reason: 'They go over the session bus: there is no session bus.',
      fix: 'Start SecLyzer inside your desktop session.',
    },
  ]);
});
