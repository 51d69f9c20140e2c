// The desktop's part of `seclyzer doctor`, against a real bus with a mocked desktop on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingForMockSystem, startMockSystem } from './mock-system.ts';
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
  await ownName('org.freedesktop.secrets');
  await ownName('org.freedesktop.Notifications');
  assert.equal((await keyring(env)()).state, 'works');
  assert.equal((await notifications(env)()).state, 'works');
});
