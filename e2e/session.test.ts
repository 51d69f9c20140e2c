// The session and its lock on a real bus with mocked programs (python3-dbusmock): lock, unlock, sleep, requests to lock, and what goes
// wrong with them. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchSession, type SessionParts, type SessionWatch } from '../src-main/agent/session/watch-session.ts';
import { missingForMockSystem, startMockSystem, type MockSystem, type MockSystemOptions } from './mock-system.ts';

const skip = missingForMockSystem() ?? false;
const SAVER = 'the GNOME screen saver';
const WAIT_LIMIT_MS = 10_000;

interface Scene {
  readonly mock: MockSystem;
  readonly watch: SessionWatch;
  /** `event by`, and `hint` when the hint is to be remembered. */
  readonly told: string[];
  /** Until so much was told. */
  readonly tells: (count: number) => Promise<readonly string[]>;
}

async function scene(
  t: TestContext,
  mocked: MockSystemOptions = {},
  more: Partial<SessionParts> = {},
  before?: (mock: MockSystem) => Promise<void>,
): Promise<Scene> {
  const mock = await startMockSystem(mocked);
  t.after(mock.stop);
  await before?.(mock);
  const told: string[] = [];
  const watch = await watchSession({
    env: mock.env,
    pid: process.pid,
    onEvent: (event, by) => told.push(`${event} ${by}`),
    onChange: () => undefined,
    knownLockedHint: false,
    rememberLockedHint: () => told.push('hint'),
    lockLimitMs: 300,
    ...more,
  });
  t.after(watch.stop);
  const tells = async (count: number): Promise<readonly string[]> => {
    await until(() => told.length >= count, `${count} events; told was ${told.join(', ')}`);
    return told;
  };
  return { mock, watch, told, tells };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const limit = performance.now() + WAIT_LIMIT_MS;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`waited in vain for ${what}`);
    await sleep(10);
  }
}

test('IdleHint tells whether anybody is there, at the start and from then on', { skip }, async (t) => {
  let changes = 0;
  const more = { onChange: () => void (changes += 1) };
  const { mock, watch, told } = await scene(t, { screenSaver: null }, more, async (before) => {
    await before.setIdle(true);
  });
  assert.equal(watch.idle(), true);
  const atStart = changes;
  await mock.setIdle(false);
  await until(() => !watch.idle(), 'somebody to be back');
  await mock.setIdle(true);
  await until(() => watch.idle(), 'nobody to be there');
  assert.ok(changes > atStart);
  // Nobody has locked or unlocked anything.
  assert.deepEqual(told, []);
});

test('LockedHint alone tells of lock and unlock, and is remembered once', { skip }, async (t) => {
  const { mock, watch, tells } = await scene(t, { screenSaver: null });
  assert.equal(watch.locked(), false);
  await mock.lock();
  await tells(2);
  assert.equal(watch.locked(), true);
  await mock.unlock();
  await tells(3);
  assert.equal(watch.locked(), false);
  await mock.lock();
  await mock.unlock();
  const twice = ['hint', 'locked logind', 'unlocked logind', 'locked logind', 'unlocked logind'];
  assert.deepEqual(await tells(5), twice);
});

for (const name of ['gnome', 'cinnamon', 'mate', 'xfce', 'freedesktop']) {
  test(`ActiveChanged of org.${name}.ScreenSaver tells where there is no logind`, { skip }, async (t) => {
    const { mock, watch, tells } = await scene(t, { logind: false, screenSaver: `org.${name}.ScreenSaver` });
    await mock.lock();
    await tells(1);
    await mock.unlock();
    const [locked, unlocked] = await tells(2);
    assert.match(locked ?? '', /^locked the (\w+ )?screen saver$/);
    assert.equal(unlocked, locked?.replace('locked', 'unlocked'));
    const outcome = await watch.lock();
    assert.deepEqual(outcome, { locked: true, by: locked?.replace('locked ', '') });
    assert.equal(await mock.lockRequests(), 1);
  });
}

test('both tell of one lock once', { skip }, async (t) => {
  const { mock, told, tells } = await scene(t);
  await mock.lock();
  await tells(2);
  await mock.unlock('saver');
  await mock.unlock('hint');
  await tells(3);
  // A blank screen after that is none, for LockedHint is known to work.
  await mock.lock('saver');
  await mock.unlock('saver');
  await mock.suspend();
  await tells(4);
  assert.deepEqual(told, [`locked ${SAVER}`, 'hint', 'unlocked logind', 'suspending logind']);
});

test('sleep and waking are told, and not believed of anybody else', { skip }, async (t) => {
  const { mock, told, tells } = await scene(t);
  const [login, session] = ['org.freedesktop.login1', '/org/freedesktop/login1/session/c1'];
  const forge = async (path: string, owner: string, member: string, signature: string, args: readonly unknown[]) => {
    const emitter = { name: 'org.gnome.ScreenSaver', path: '/org/gnome/ScreenSaver', interface: MOCK };
    // Once for everybody, and once for each connection there is: such a signal no rule holds up.
    const destinations = ['', ...(await connections(mock))];
    for (const destination of destinations) {
      const details = { path: ['s', path], ...(destination === '' ? {} : { destination: ['s', destination] }) };
      const values = [owner, member, signature, args, Object.entries(details)];
      await mock.bus().call(emitter, 'EmitSignalDetailed', 'sssava{sv}', values);
    }
  };
  await forge('/org/freedesktop/login1', `${login}.Manager`, 'PrepareForSleep', 'b', [['b', true]]);
  const changed = [
    ['s', `${login}.Session`],
    ['a{sv}', [['LockedHint', ['b', true]]]],
    ['as', []],
  ];
  await forge(session, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', changed);
  await forge(session, `${login}.Session`, 'Lock', '', []);
  await mock.suspend();
  await mock.resume();
  assert.deepEqual(await tells(2), ['suspending logind', 'resumed logind']);
  assert.equal(told.length, 2);
});

const MOCK = 'org.freedesktop.DBus.Mock';

async function connections(mock: MockSystem): Promise<readonly string[]> {
  const bus = { name: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
  const names = (await mock.bus().call(bus, 'ListNames')) as readonly string[];
  return names.filter((name) => name.startsWith(':'));
}

test('a lock is asked of logind first, and believed once it is seen', { skip }, async (t) => {
  const { mock, watch, tells } = await scene(t, {}, { knownLockedHint: true });
  assert.deepEqual(watch.lockAbility(), { available: true, reason: null, fix: null });
  const [one, two] = await Promise.all([watch.lock(), watch.lock()]);
  assert.deepEqual(one, { locked: true, by: 'logind' });
  assert.equal(two, one);
  assert.deepEqual(await tells(1), ['locked logind']);
  assert.equal(await mock.lockRequests(), 1);
  assert.deepEqual(await watch.lock(), { locked: true, by: 'logind' }, 'it is locked already');
  assert.equal(await mock.lockRequests(), 1);
});

test('a logind that nobody listens to is followed by the screen saver', { skip }, async (t) => {
  const { mock, watch, tells } = await scene(t, { obeys: { logind: false } });
  // It may only blank: that is no lock yet.
  await mock.lock('saver');
  await tells(1);
  assert.deepEqual(await watch.lock(), { locked: true, by: SAVER });
  assert.equal(await mock.lockRequests(), 2);
});

test('a request that nobody follows is no lock, and says so', { skip }, async (t) => {
  const { mock, watch, told } = await scene(t, { obeys: { logind: false, saver: false } });
  const outcome = await watch.lock();
  assert.ok(!outcome.locked);
  assert.equal(outcome.reason, `logind was asked, and no lock followed; ${SAVER} was asked, and no lock followed`);
  assert.match(outcome.fix, /^Start a screen locker/);
  assert.equal(await mock.lockRequests(), 2);
  assert.deepEqual(told, []);
});

test('what holds at the start is no event', { skip }, async (t) => {
  const { mock, watch, told, tells } = await scene(t, {}, {}, (mock) => mock.lock());
  assert.equal(watch.locked(), true);
  assert.deepEqual(told, ['hint']);
  await mock.unlock();
  assert.deepEqual((await tells(2))[1], 'unlocked logind');
});

test('a logind that restarts keeps its word until it is back; what it then says was not seen', { skip }, async (t) => {
  const { mock, watch, told, tells } = await scene(t, { screenSaver: null });
  await mock.lock();
  await tells(2);
  await mock.stopProgram('logind');
  await until(() => !watch.lockAbility().available, 'logind to be missed');
  assert.equal(watch.locked(), true);
  await mock.startProgram('logind');
  await tells(3);
  assert.equal(told[2], 'opened logind');
  await mock.lock();
  await mock.unlock();
  assert.deepEqual((await tells(5)).slice(3), ['locked logind', 'unlocked logind']);
});

test(
  'a screen saver that ends while the screen is locked opens it, and nobody has shown a password',
  { skip },
  async (t) => {
    const { mock, watch, tells } = await scene(t, { logind: false }, { graceMs: 100 });
    await mock.lock();
    await tells(1);
    await mock.stopProgram('saver');
    assert.deepEqual((await tells(2))[1], `opened ${SAVER}`);
    assert.equal(watch.locked(), false);
    assert.match(watch.lockAbility().reason ?? '', /no screen saver is running/);
    await mock.startProgram('saver');
    await until(() => watch.lockAbility().available, 'the new screen saver');
  },
);

test('a bus that dies and comes back is watched again', { skip }, async (t) => {
  const { mock, watch, tells } = await scene(t, {}, { graceMs: 100 });
  await mock.lock();
  await tells(2);
  await mock.crashBus();
  assert.deepEqual((await tells(3))[2], 'opened logind');
  assert.equal((await watch.lock()).locked, false);
  await mock.restore();
  await until(() => watch.lockAbility().available, 'the bus');
  await mock.lock('hint');
  await mock.unlock('hint');
  assert.deepEqual((await tells(5)).slice(3), ['locked logind', 'unlocked logind']);
});

test('without a bus there is a watch that knows nothing, and says why', async () => {
  const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus', DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere/bus' };
  const untold = (): never => assert.fail('there is nothing to tell');
  const watch = await watchSession({
    env,
    pid: process.pid,
    onEvent: untold,
    onChange: untold,
    knownLockedHint: false,
    rememberLockedHint: untold,
  });
  const { available, reason, fix } = watch.lockAbility();
  assert.equal(available, false);
  assert.match(reason ?? '', /no screen saver is running; the system bus can't be reached: .*; the session bus/);
  assert.match(fix ?? '', /^Start a screen locker/);
  assert.deepEqual(await watch.lock(), { locked: false, reason, fix });
  assert.equal(watch.locked(), false);
  await watch.stop();
});
