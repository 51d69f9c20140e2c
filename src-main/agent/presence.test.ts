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

test('the last keys of a password, told late, are nobody’s; a clock that was set back keeps nothing out for long', () => {
  const built = build();
  const { presence } = built;
  presence.session('locked', 'logind');
  const typedUs = built.clockMs * 1000;
  assert.equal(presence.takes(typedUs), false);
  built.clockMs += 200;
  built.steadyMs += 200;
  presence.session('unlocked', 'logind');
  assert.deepEqual(
    [presence.takes(typedUs), presence.takes(typedUs + 199_999), presence.takes(typedUs + 200_000)],
    [false, false, true],
  );
  built.steadyMs += 1000;
  assert.equal(presence.takes(typedUs), false);
  built.steadyMs += 1;
  assert.equal(presence.takes(typedUs), true);
});

test('what was typed during a pause is not taken when it is told after it', () => {
  const { presence, clockMs } = build();
  presence.pause(null);
  presence.resume();
  assert.deepEqual([presence.takes(clockMs * 1000 - 1), presence.takes(clockMs * 1000)], [false, true]);
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
