// Who sits at the machine, as logind (mocked) tells: what is read of the kernel while somebody else's session is in front is theirs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchSeat } from '../src-main/agent/session/seat.ts';
import { missingForMockSystem, MOCK_SESSION, startMockSystem, type MockSystem } from './mock-system.ts';

const skip = missingForMockSystem() ?? false;
const SESSION = {
  name: 'org.freedesktop.login1',
  path: MOCK_SESSION.path,
  interface: 'org.freedesktop.DBus.Mock',
};

const setActive = (system: MockSystem, active: boolean): Promise<unknown> =>
  system
    .bus()
    .call(SESSION, 'UpdateProperties', 'sa{sv}', ['org.freedesktop.login1.Session', [['Active', ['b', active]]]]);

async function until(ready: () => boolean): Promise<void> {
  for (let wait = 0; wait < 200 && !ready(); wait += 1) await sleep(20);
  assert.ok(ready());
}

test('another session comes to the front, and ours comes back', { skip }, async (t) => {
  const system = await startMockSystem({ screenSaver: null });
  t.after(system.stop);
  const seat = await watchSeat(system.env);
  t.after(seat.stop);
  assert.deepEqual([seat.unknown, seat.isOurs()], [null, true]);
  await setActive(system, false);
  await until(() => !seat.isOurs());
  await setActive(system, true);
  await until(seat.isOurs);
});

test('a session that is behind from the start is known to be', { skip }, async (t) => {
  const system = await startMockSystem({ screenSaver: null });
  t.after(system.stop);
  await setActive(system, false);
  const seat = await watchSeat(system.env);
  t.after(seat.stop);
  assert.equal(seat.isOurs(), false);
});

test('without logind it can not be told, and that is said', async () => {
  const seat = await watchSeat({ DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent/bus' });
  assert.match(seat.unknown ?? '', /the system bus can't be reached/);
  assert.equal(seat.isOurs(), true);
  await seat.stop();
});
