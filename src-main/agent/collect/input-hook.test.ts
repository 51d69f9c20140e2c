import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../events.ts';
import type { Availability, Collector } from './collector.ts';
import type { CrashGuard } from './crash-guard.ts';
import { createInputHook, type InputHookOptions } from './input-hook.ts';
import { keyboardCollector } from './keyboard.ts';
import { mouseCollector } from './mouse.ts';
import { NATIVE, type NativeEvent, type NativeHook } from './native-hook.ts';

/** Keyboard and mouse over one native hook that is played by hand, on a platform that needs no X server. */
function rig(options: Pick<InputHookOptions, 'guard'> & { readonly load?: () => Promise<void> } = {}) {
  const listeners = new Set<(event: NativeEvent) => void>();
  const did: string[] = [];
  const native: NativeHook = {
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
    start: () => void did.push('start'),
    stop: () => void did.push('stop'),
  };
  const hook = createInputHook({
    platform: 'darwin',
    ...options,
    load: async () => {
      did.push('load');
      await options.load?.();
      return native;
    },
  });
  const events: string[] = [];
  const sink = {
    publish: (event: InputEvent) => void events.push(`${event.type} ${event.event}`),
    refuse: assert.fail,
    report: (_: Availability) => undefined,
  };
  const start = (collector: Collector) => collector.start(sink);
  const fire = (event: NativeEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const press = (): void => fire({ type: NATIVE.keyDown, time: 1, keycode: 30 });
  const move = (): void => fire({ type: NATIVE.move, time: 2, x: 1, y: 1, button: 0 });
  const use = (): void => {
    press();
    move();
  };
  return { hook, keyboard: keyboardCollector(hook), mouse: mouseCollector(hook), did, events, start, use };
}

test('with the keyboard off and the mouse on, no key becomes an event', async () => {
  const { keyboard, mouse, did, events, start, use } = rig();
  await Promise.all([start(keyboard), start(mouse)]);
  use();
  assert.deepEqual(events.splice(0), ['keystroke press', 'mouse move']);
  await keyboard.stop();
  use();
  assert.deepEqual(events.splice(0), ['mouse move']);
  await start(keyboard);
  await mouse.stop();
  use();
  assert.deepEqual(events.splice(0), ['keystroke press']);
  assert.deepEqual(did, ['load', 'start'], 'one hook for both, all the time');
  await keyboard.stop();
  use();
  assert.deepEqual(events, []);
  assert.deepEqual(did, ['load', 'start', 'stop']);
  await start(keyboard);
  use();
  assert.deepEqual(events, ['keystroke press']);
});

test('a library that can not be loaded now may be loaded later', async () => {
  let missing = true;
  const { hook, keyboard, start } = rig({
    load: () =>
      missing
        ? Promise.reject(new Error('libXtst.so.6: cannot open shared object file: No such file'))
        : Promise.resolve(),
  });
  const found = await hook.available();
  assert.ok(!found.ok);
  assert.equal(found.reason, 'the input hook can not be loaded: libXtst.so.6 is missing');
  await assert.rejects(start(keyboard), { name: 'UnavailableError', found });
  missing = false;
  await start(keyboard);
});

test('whatever may end the process is between two words of the guard', async () => {
  const said: string[] = [];
  const word = (what: string) => () => void said.push(what);
  const guard: CrashGuard = {
    forbids: () => null,
    enter: word('enter'),
    leave: word('leave'),
    clear: word('clear'),
  };
  const { keyboard, mouse, start } = rig({ guard, load: async () => void said.push('load') });
  await start(keyboard);
  await start(mouse);
  assert.deepEqual(said, ['enter', 'load', 'leave', 'enter']);
  await mouse.stop();
  assert.equal(said.length, 4);
  await keyboard.stop();
  assert.deepEqual(said.slice(4), ['clear']);
});

test('a guard that forbids it: the hook is neither loaded nor started', async () => {
  const forbidden = { ok: false, reason: 'it rests', fix: 'Wait.' } as const;
  const guard: CrashGuard = {
    forbids: () => forbidden,
    enter: assert.fail,
    leave: assert.fail,
    clear: assert.fail,
  };
  const { hook, keyboard, did, start } = rig({ guard });
  assert.deepEqual(await hook.available(), forbidden);
  await assert.rejects(start(keyboard), { found: forbidden });
  assert.deepEqual(did, []);
});
