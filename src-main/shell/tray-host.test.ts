import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Bus, Signal } from '../dbus.ts';
import { followTrayHost } from './tray-host.ts';

const asked = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A session bus under the test's own hands. */
async function following(t: TestContext, limitMs = 5000) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const desktop = { watcher: false, host: false };
  const listeners = new Map<string, (signal: Signal) => void>();
  const told: string[] = [];
  const bus: Bus = {
    call: () => Promise.reject(new Error('nothing is called')),
    property: (_target, name) =>
      desktop.watcher && name === 'IsStatusNotifierHostRegistered'
        ? Promise.resolve(desktop.host)
        : Promise.reject(new Error('no such property')),
    onSignal: ({ member }, listener) => {
      listeners.set(member, listener);
      return Promise.resolve(() => undefined);
    },
    onCall: () => undefined,
    uniqueName: () => ':1.1',
    ownerOf: () => Promise.reject(new Error('nobody is asked for')),
    hasOwner: (name) => Promise.resolve(name === 'org.kde.StatusNotifierWatcher' && desktop.watcher),
    onLost: () => undefined,
    onReconnect: () => undefined,
    close: () => Promise.resolve(),
  };
  const change = async (next: Partial<typeof desktop>, member: string): Promise<void> => {
    Object.assign(desktop, next);
    listeners.get(member)?.({ path: '/', args: [], directed: false });
    await asked();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      t.mock.timers.tick(100);
      await asked();
    }
  };
  const follow = async (connect: () => Promise<Bus> = () => Promise.resolve(bus)): Promise<void> => {
    const none = (reason: string): void => void told.push(reason);
    await followTrayHost({ connect, limitMs, onHost: () => told.push('host'), onNone: none });
    await asked();
  };
  return { desktop, told, change, pass, follow };
}

test('a host that is there is told of at once, and only then', async (t) => {
  const { desktop, told, pass, follow } = await following(t);
  Object.assign(desktop, { watcher: true, host: true });
  await follow();
  assert.deepEqual(told, ['host']);
  await pass(30_000);
  assert.deepEqual(told, ['host']);
});

test('a panel that comes later than the program is found, also when it does not say that it is a host', async (t) => {
  const { desktop, told, change, pass, follow } = await following(t);
  await follow();
  await pass(2000);
  await change({ watcher: true }, 'NameOwnerChanged');
  assert.deepEqual(told, []);
  desktop.host = true;
  await pass(600);
  assert.deepEqual(told, ['host']);
});

test('without a host that is said once, and one that comes all the same is told of', async (t) => {
  const { told, change, pass, follow } = await following(t);
  await follow();
  await pass(60_000);
  assert.deepEqual(told, ['no StatusNotifier host']);
  await change({ watcher: true, host: true }, 'NameOwnerChanged');
  assert.deepEqual(told, ['no StatusNotifier host', 'host']);
});

test('a watcher without a host is no tray', async (t) => {
  const { desktop, told, change, pass, follow } = await following(t);
  desktop.watcher = true;
  await follow();
  await pass(20_000);
  assert.deepEqual(told, ['no StatusNotifier host']);
  await change({ host: true }, 'StatusNotifierHostRegistered');
  assert.deepEqual(told.slice(1), ['host']);
});

test('a panel that was started again is told of again', async (t) => {
  const { desktop, told, change, follow } = await following(t);
  Object.assign(desktop, { watcher: true, host: true });
  await follow();
  await change({ watcher: false, host: false }, 'NameOwnerChanged');
  await change({ watcher: true, host: true }, 'NameOwnerChanged');
  await change({}, 'StatusNotifierHostRegistered');
  assert.deepEqual(told, ['host', 'host']);
});

test('without a session bus there is no tray, and the reason is that', async (t) => {
  const { told, pass, follow } = await following(t);
  await follow(() => Promise.reject(new Error('there is no session bus')));
  await pass(20_000);
  assert.deepEqual(told, ['there is no session bus']);
});
