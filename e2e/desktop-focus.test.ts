// The application in front under KDE and GNOME, against mocked services on a real bus: neither desktop runs here. What the desktops would
// run of ours (KWin's script, the Shell's extension) is run with stand-ins for what they would hand it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import type { Availability, Collector } from '../src-main/agent/collect/collector.ts';
import { EXTENSION, EXTENSION_ID, gnomeFocus } from '../src-main/agent/collect/focus/gnome-focus.ts';
import { kwinFocus } from '../src-main/agent/collect/focus/kwin-focus.ts';
import { FOCUSED, kwinScript, LISTENER } from '../src-main/agent/collect/focus/kwin-script.ts';
import type { InputEvent } from '../src-main/agent/events.ts';
import { connectBus } from '../src-main/dbus.ts';
import { startMockGnome, startMockKwin } from './mock-shell.ts';
import { missingForMockSystem } from './mock-system.ts';

const skip = missingForMockSystem() ?? false;
const EXTENSION_FOLDER = join(import.meta.dirname, '..', 'assets', 'gnome-extension');

async function follow(t: TestContext, collector: Collector) {
  const events: InputEvent[] = [];
  const reports: Availability[] = [];
  const refuse = (reason: string): void => assert.fail(reason);
  await collector.start({
    publish: (event) => void events.push(event),
    report: (health) => void reports.push(health),
    refuse,
  });
  t.after(collector.stop);
  const names = (): readonly string[] => events.map((event) => ('app_name' in event ? event.app_name : ''));
  const until = async (ready: () => boolean, what: string): Promise<void> => {
    for (let wait = 0; wait < 250 && !ready(); wait += 1) await sleep(20);
    assert.ok(ready(), `${what}; seen: ${names().join(' ')}`);
  };
  return { names, reports, until };
}

for (const plasma of [5, 6] as const)
  test(`KWin of Plasma ${plasma} (mocked) runs the script, and tells through it`, { skip }, async (t) => {
    const kwin = await startMockKwin(plasma);
    t.after(kwin.stop);
    const collector = kwinFocus(kwin.env);
    assert.deepEqual(await collector.available(), { ok: true });
    const { names, reports, until } = await follow(t, collector);
    await kwin.activate('org.kde.Konsole');
    await kwin.activate('org.kde.Konsole');
    await kwin.activate('firefox');
    await until(() => names().length === 2, 'both');
    assert.deepEqual(names(), ['org.kde.konsole', 'firefox']);

    // Another program that knows where the script calls.
    const stranger = await connectBus('session', kwin.env);
    t.after(stranger.close);
    const to = /callDBus\('(.+?)'/.exec(await kwin.script())?.[1] ?? '';
    await stranger.call({ name: to, ...LISTENER }, FOCUSED, 's', ['forged']);
    await kwin.activate('dolphin');
    await until(() => names().length === 3, 'the third');
    assert.deepEqual(names().slice(2), ['dolphin']);

    await kwin.end();
    await until(() => reports.length === 1, 'word of its end');
    assert.match(JSON.stringify(reports), /KWin has gone/);
    assert.match(JSON.stringify(await collector.available()), /KWin is not on the session bus/);
  });

test('what was loaded into KWin (mocked) is taken out again', { skip }, async (t) => {
  const kwin = await startMockKwin();
  t.after(kwin.stop);
  const collector = kwinFocus(kwin.env);
  await collector.start({ publish: () => undefined, report: () => undefined, refuse: () => undefined });
  assert.equal(await kwin.isLoaded(), true);
  await collector.stop();
  assert.equal(await kwin.isLoaded(), false);
});

/** A window whose title nobody may ask for. */
const window = (resourceClass: string) => ({
  resourceClass,
  get caption(): string {
    return assert.fail('the title was read');
  },
});

for (const [version, signal, active] of [
  ['6', 'windowActivated', 'activeWindow'],
  ['5', 'clientActivated', 'activeClient'],
] as const)
  test(`KWin's script, in the words of Plasma ${version}`, () => {
    const calls: unknown[][] = [];
    let activated = (_: unknown): void => assert.fail();
    const workspace = {
      [signal]: { connect: (listener: typeof activated) => void (activated = listener) },
      [active]: window('org.kde.kate'),
    };
    const callDBus = (...args: unknown[]): void => void calls.push(args);
    runInNewContext(kwinScript(':1.7'), { workspace, callDBus });
    activated(window('firefox'));
    activated(null);
    const to = [':1.7', LISTENER.path, LISTENER.interface, FOCUSED];
    assert.deepEqual(calls, [
      [...to, 'org.kde.kate'],
      [...to, 'firefox'],
    ]);
  });

test('GNOME (mocked) with the extension tells what is in front, and what comes there', { skip }, async (t) => {
  const gnome = await startMockGnome(EXTENSION, true);
  t.after(gnome.stop);
  const collector = gnomeFocus(gnome.env);
  assert.deepEqual(await collector.available(), { ok: true });
  const { names, until } = await follow(t, collector);
  await gnome.activate('firefox');
  await gnome.activate('firefox');
  await gnome.activate('');
  await gnome.activate('org.gnome.Nautilus');
  await until(() => names().length === 3, 'all three');
  assert.deepEqual(names(), ['org.gnome.terminal', 'firefox', 'org.gnome.nautilus']);
});

test('GNOME (mocked) without the extension: why, and the commands', { skip }, async (t) => {
  const gnome = await startMockGnome(EXTENSION, false);
  t.after(gnome.stop);
  const found = await gnomeFocus(gnome.env).available();
  assert.ok(!found.ok);
  assert.match(found.reason, /by an extension alone/);
  assert.match(found.fix, new RegExp(`gnome-extensions enable ${EXTENSION_ID}$`));
});

test('the extension tells the class of the focused window, and never asks for its title', () => {
  const told: unknown[] = [];
  let changed = (): void => assert.fail();
  let exported: { Application?: string } = {};
  const display = {
    focus_window: { get_wm_class: () => 'firefox', get_title: () => assert.fail('the title was read') } as
      object | null,
    connect: (_: string, listener: () => void) => {
      changed = listener;
      return 5;
    },
    disconnect: (id: number) => void told.push(`disconnect ${id}`),
  };
  const service = {
    export: (_: unknown, path: string) => void told.push(path),
    unexport: () => void told.push('unexport'),
    emit_signal: (name: string, value: { readonly values: unknown }) => void told.push([name, value.values]),
  };
  const wrapJSObject = (_: string, object: object): typeof service => {
    exported = object;
    return service;
  };
  const source = readFileSync(join(EXTENSION_FOLDER, 'extension.js'), 'utf8');
  const body = source.replaceAll(/^import .*$/gm, '').replace('export default class', 'result = class');
  const context = {
    result: null as unknown,
    global: { display },
    Gio: { DBusExportedObject: { wrapJSObject }, DBus: { session: 'session' } },
    GLib: {
      Variant: function Variant(this: { values: unknown }, _: string, values: unknown): void {
        this.values = values;
      },
    },
    Extension: Object,
  };
  runInNewContext(body, context);
  const Made = context.result as new () => { readonly enable: () => void; readonly disable: () => void };
  const extension = new Made();
  extension.enable();
  assert.equal(exported.Application, 'firefox');
  changed();
  display.focus_window = null;
  changed();
  assert.equal(exported.Application, '');
  extension.disable();
  assert.deepEqual(JSON.parse(JSON.stringify(told)), [
    EXTENSION.path,
    ['Focused', ['firefox']],
    'disconnect 5',
    'unexport',
  ]);
  const { uuid } = JSON.parse(readFileSync(join(EXTENSION_FOLDER, 'metadata.json'), 'utf8')) as {
    readonly uuid: string;
  };
  assert.equal(uuid, EXTENSION_ID);
  assert.ok(source.includes(`name="${EXTENSION.interface}"`));
});
