import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Availability, Collector } from './collector.ts';
import { chooseDriver } from './driver-choice.ts';
import { driverOrder, type InputDriver } from './input-driver.ts';
import { UnavailableError } from './unavailable.ts';

const MISSING: Availability = { ok: false, reason: 'no right to read', fix: 'Take it.' };
const SINK = { publish: () => undefined, report: () => undefined, refuse: () => undefined };

function rig(health: Record<'evdev' | 'uiohook', Availability>) {
  const did: string[] = [];
  const collector = (driver: 'evdev' | 'uiohook'): Collector => ({
    name: driver,
    modalities: ['mouse'],
    available: async () => health[driver],
    start: async () => void did.push(`start ${driver}`),
    stop: async () => void did.push(`stop ${driver}`),
  });
  const candidates = (['evdev', 'uiohook'] as const).map((driver) => ({ driver, collector: collector(driver) }));
  return { did, candidates, health };
}

test('the first driver that works is used, and only that one', async () => {
  const { did, candidates } = rig({ evdev: { ok: true, note: 'by the kernel' }, uiohook: { ok: true } });
  const one = chooseDriver({ name: 'mouse', modalities: ['mouse'], candidates });
  assert.deepEqual(await one.available(), { ok: true, note: 'by the kernel' });
  await one.start(SINK);
  await one.stop();
  await one.stop();
  assert.deepEqual(did, ['start evdev', 'stop evdev']);
});

test('a lesser driver says what the better one lacks; without any, the better one does', async () => {
  const { candidates, health, did } = rig({ evdev: MISSING, uiohook: { ok: true, note: 'Some windows only.' } });
  const one = chooseDriver({ name: 'mouse', modalities: ['mouse'], candidates });
  assert.deepEqual(await one.available(), { ok: true, note: 'Some windows only. Better: no right to read. Take it.' });
  await one.start(SINK);
  health.uiohook = { ok: false, reason: 'no display', fix: 'Start one.' };
  assert.deepEqual(await one.available(), MISSING);
  await assert.rejects(one.start(SINK), UnavailableError);
  assert.deepEqual(did, ['start uiohook']);
});

test('each start chooses anew', async () => {
  const { candidates, health, did } = rig({ evdev: MISSING, uiohook: { ok: true } });
  const one = chooseDriver({ name: 'mouse', modalities: ['mouse'], candidates });
  await one.start(SINK);
  health.evdev = { ok: true };
  await one.stop();
  await one.start(SINK);
  assert.deepEqual(did, ['start uiohook', 'stop uiohook', 'start evdev']);
});

test('a driver that must not be used is not replaced by another in silence', async () => {
  const { candidates, did } = rig({ evdev: { ok: true }, uiohook: { ok: true } });
  const against = { ok: false, reason: 'learned through X11', fix: 'Learn anew.' } as const;
  const using: InputDriver[] = [];
  const one = chooseDriver({
    ...{ name: 'mouse', modalities: ['mouse'], candidates },
    objection: (driver) => (driver === 'evdev' ? against : null),
    using: (driver) => void using.push(driver),
  });
  assert.deepEqual(await one.available(), against);
  await assert.rejects(one.start(SINK), /learned through X11/);
  assert.deepEqual([did, using], [[], []]);
});

test('the kernel comes first under Wayland, and elsewhere when it is asked for', () => {
  const [x11, wayland] = [{ DISPLAY: ':0' }, { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-1' }];
  assert.deepEqual(driverOrder('auto', wayland, 'linux'), ['evdev', 'xinput', 'uiohook']);
  assert.deepEqual(driverOrder('auto', x11, 'linux'), ['xinput', 'uiohook']);
  // Over ssh the devices are those of whoever sits there.
  assert.deepEqual(driverOrder('auto', {}, 'linux'), ['xinput', 'uiohook']);
  assert.deepEqual(driverOrder('evdev', x11, 'linux'), ['evdev']);
  assert.deepEqual(driverOrder('x11', wayland, 'linux'), ['xinput', 'uiohook']);
  for (const one of ['xinput', 'uiohook'] as const) assert.deepEqual(driverOrder(one, wayland, 'linux'), [one]);
  assert.deepEqual(driverOrder('evdev', {}, 'win32'), ['uiohook']);
});
