import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPresence, type Presence } from './presence.ts';
import { openMemoryStore } from './store/open-store.ts';
import { messageOf } from './thrown.ts';
import type { Store } from './store/store.ts';

interface Built {
  readonly presence: Presence;
  readonly said: string[];
  clockMs: number;
  steadyMs: number;
}

function build(store: Pick<Store, 'get' | 'set' | 'flush'> = openMemoryStore()): Built {
  const built = { clockMs: 1_700_000_000_000, steadyMs: 0, said: [] as string[] };
  const presence = createPresence({
    store,
    audit: (kind, text) => built.said.push(`${kind}: ${text}`),
    nowMs: () => built.clockMs,
    steadyMs: () => built.steadyMs,
    interrupt: () => built.said.push('interrupted'),
    reauthenticated: () => built.said.push('re-authenticated'),
    failed: (error) => built.said.push(messageOf(error)),
  });
  return Object.assign(built, { presence });
}

test('a pause of 15 minutes ends by itself, not before', () => {
  const built = build();
  const { presence, said } = built;
  presence.pause(15);
  assert.equal(presence.accepting(), false);
  assert.deepEqual(presence.view().paused, { sinceMs: 1_700_000_000_000, untilMs: 1_700_000_900_000 });
  built.clockMs += 899_999;
  presence.tick();
  assert.equal(presence.accepting(), false);
  built.clockMs += 1;
  presence.tick();
  assert.equal(presence.accepting(), true);
  assert.deepEqual(said, [
    ...['interrupted', 'pause: Paused for 15 min.'],
    ...['interrupted', 'resume: The pause is over.'],
  ]);
});

test('a pause until resumed outlasts the process; resuming twice is one resumption', () => {
  const store = openMemoryStore();
  build(store).presence.pause(null);
  const built = build(store);
  const { presence, said } = built;
  assert.deepEqual(presence.view().paused, { sinceMs: 1_700_000_000_000, untilMs: null });
  built.clockMs += 1e9;
  presence.tick();
  assert.equal(presence.accepting(), false);
  presence.resume();
  presence.resume();
  assert.deepEqual([presence.accepting(), said], [true, ['interrupted', 'resume: Resumed.']]);
  assert.equal(build(store).presence.accepting(), true);
});

test('nothing is looked at behind a locked screen, and unlocking it is a re-authentication', () => {
  const { presence, said } = build();
  presence.session('locked', 'logind');
  presence.session('locked', 'the screen saver');
  assert.deepEqual([presence.accepting(), presence.view().screen], [false, 'locked']);
  presence.session('unlocked', 'logind');
  assert.deepEqual([presence.accepting(), presence.view().screen], [true, 'open']);
  assert.deepEqual(said, [
    ...['interrupted', 'lock: The screen was locked (logind).'],
    ...['interrupted', 'unlock: The screen was unlocked (logind): trust starts anew.', 're-authenticated'],
  ]);
});

test('the last keys of a password, told late, are nobody’s, however late and whatever the clock is set to', () => {
  const built = build();
  const { presence } = built;
  const pass = (ms: number): void => {
    built.clockMs += ms;
    built.steadyMs += ms;
  };
  presence.session('locked', 'logind');
  const typedUs = built.clockMs * 1000;
  assert.equal(presence.takes(typedUs), false);
  pass(200);
  presence.session('unlocked', 'logind');
  const openedUs = built.clockMs * 1000;
  pass(350);
  // A time may be wrong by as much as the driver is late.
  assert.equal(presence.takes(openedUs + 300_000), false);
  pass(1);
  assert.deepEqual(
    [presence.takes(openedUs - 1000), presence.takes(openedUs), presence.takes(openedUs + 300_000)],
    [false, true, true],
  );
  pass(5000);
  assert.deepEqual([presence.takes(typedUs), presence.takes(openedUs + 5000)], [false, true]);
  built.clockMs -= 3_600_000;
  assert.deepEqual(
    [presence.takes(built.clockMs * 1000 - 1000), presence.takes(built.clockMs * 1000 - 5352 * 1000)],
    [true, false],
  );
});

test('what was typed during a pause, or before a cut, is not taken when it is told after it', () => {
  const built = build();
  const { presence } = built;
  presence.pause(null);
  presence.resume();
  const resumedUs = built.clockMs * 1000;
  built.clockMs += 400;
  built.steadyMs += 400;
  assert.deepEqual([presence.takes(resumedUs - 1000), presence.takes(resumedUs)], [false, true]);
  presence.cut();
  built.clockMs += 400;
  built.steadyMs += 400;
  assert.equal(presence.takes(resumedUs), false);
});

test('a screen that opens without a password restores no trust', () => {
  const { presence, said } = build();
  presence.session('opened', 'the screen saver');
  presence.session('locked', 'the screen saver');
  presence.session('opened', 'the screen saver');
  assert.equal(presence.accepting(), true);
  assert.deepEqual(said.slice(2), [
    'interrupted',
    'unlock: The screen is open again, without a password (the screen saver).',
  ]);
});

test('sleep interrupts and ends with the waking; one that nobody ended is over after a minute of ticks', () => {
  const { presence, said } = build();
  presence.session('suspending', 'logind');
  assert.equal(presence.accepting(), false);
  presence.session('resumed', 'logind');
  assert.equal(presence.accepting(), true);
  presence.session('resumed', 'logind');
  assert.deepEqual(
    said.filter((line) => line !== 'interrupted'),
    ['sleep: The machine went to sleep.', 'wake: The machine woke up.'],
  );
  presence.session('suspending', 'logind');
  for (let tick = 0; tick < 59; tick += 1) presence.tick();
  assert.equal(presence.accepting(), false);
  presence.tick();
  assert.equal(presence.accepting(), true);
});

test('a full disk does not keep the machine from sleeping', () => {
  const store = openMemoryStore();
  const full = (): void => {
    throw new Error('no space is left');
  };
  const { presence, said } = build({ ...store, flush: full });
  presence.session('suspending', 'logind');
  assert.equal(said.at(-1), 'no space is left');
  assert.equal(presence.accepting(), false);
});

test('a pause that was stored by nobody is none', () => {
  const store = openMemoryStore();
  store.set('pause', '{"sinceMs":"yesterday"}');
  assert.equal(build(store).presence.accepting(), true);
});
