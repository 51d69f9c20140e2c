// The desktop's part of `seclyzer doctor`, against a real bus with a mocked desktop on it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { missingForMockSystem, startMockSystem } from './mock-system.ts';
import { missingForKeyring, startKeyring } from './keyring-daemon.ts';
import { startSessionBus } from './session-bus.ts';
import { notifications, screenLock, tray } from '../src-main/commands/checks/desktop.ts';
import { keyring } from '../src-main/commands/checks/keyring.ts';

const missing = missingForMockSystem();

test('a bus with a screen saver and nothing else', { skip: missing ?? false }, async (t) => {
  const system = await startMockSystem();
  t.after(() => system.stop());
  const env = { ...process.env, ...system.env };
  assert.equal((await screenLock(env)()).state, 'works');
  const noTray = await tray(env)();
  assert.deepEqual([noTray.state, noTray.fix], ['missing', 'On GNOME install the AppIndicator extension.']);

  const bus = system.bus();
  const ownName = (name: string): Promise<unknown> =>
    bus.call(
      { name: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' },
      'RequestName',
      'su',
      [name, 0],
    );
  await ownName('org.freedesktop.Notifications');
  assert.equal((await notifications(env)()).state, 'works');
});

test('a real keyring, open and locked', { skip: missing ?? missingForKeyring() ?? false }, async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-keyring-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const bus = await startSessionBus({ XDG_DATA_HOME: root }, { startsServices: true });
  t.after(bus.stop);
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus.address };
  const asleep = await keyring(env, path.join(root, 'data'))();
  assert.match(asleep.detail, /not running/);
  const daemon = await startKeyring(bus, root, 'of the test');
  t.after(daemon.stop);
  const open = await keyring(env, path.join(root, 'data'))();
  assert.deepEqual([open.state, open.fix], ['works', null]);
  await daemon.lock();
  assert.equal(await daemon.isLocked(), true);
  const locked = await keyring(env, path.join(root, 'data'))();
  assert.equal(locked.state, 'partly');
  assert.match(locked.detail, /locked; it asks for its password/);
});
