// The application in front under a real Wayland compositor: sway without a screen. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Availability } from '../src-main/agent/collect/collector.ts';
import { swayFocus } from '../src-main/agent/collect/focus/sway-focus.ts';
import { liveCollectors } from '../src-main/agent/collect/index.ts';
import type { InputEvent } from '../src-main/agent/events.ts';
import { missingForSway, startSway } from './sway-session.ts';

const skip = missingForSway() ?? false;
const PICTURES = join(import.meta.dirname, '..', 'out', 'e2e');
const SECRET = 'Letter to my bank';

async function session(t: TestContext) {
  const sway = await startSway();
  t.after(sway.stop);
  const events: InputEvent[] = [];
  const reports: Availability[] = [];
  const refused: string[] = [];
  const sink = {
    publish: (event: InputEvent) => void events.push(event),
    report: (health: Availability) => void reports.push(health),
    refuse: (reason: string) => void refused.push(reason),
  };
  const names = (): readonly string[] => events.map((event) => ('app_name' in event ? event.app_name : ''));
  const until = async (ready: () => boolean, what: string): Promise<void> => {
    for (let wait = 0; wait < 200 && !ready(); wait += 1) await sleep(20);
    assert.ok(ready(), `${what}; seen: ${names().join(' ')}; refused: ${refused.join(' ')}`);
  };
  return { sway, sink, events, reports, refused, names, until };
}

test('each change of focus names the application, never what its title says', { skip }, async (t) => {
  const { sway, sink, events, refused, names, until } = await session(t);
  await sway.openWindow('Editor', SECRET);
  const [, , focus] = liveCollectors(sway.env);
  assert.ok(focus !== undefined);
  assert.deepEqual(await focus.available(), { ok: true });
  const startUs = Date.now() * 1000;
  await focus.start(sink);
  t.after(focus.stop);
  await until(() => names().length === 1, 'what has the focus at the start');
  await sway.openWindow('mail', 'another secret');
  await until(() => names().at(-1) === 'mail', 'a new window takes the focus');
  await sway.command('[app_id="Editor"] focus');
  await until(() => names().length === 3, 'back to the first');
  // A window without the focus, and a title alone, change nothing.
  await sway.command('[app_id="mail"] mark --add seen');
  await sway.command('[app_id="mail"] floating enable');
  await sleep(200);
  assert.deepEqual(names(), ['editor', 'mail', 'editor']);
  assert.ok(events.every(({ ts }) => ts >= startUs && ts <= Date.now() * 1000));
  assert.doesNotMatch(JSON.stringify(events), /secret|bank/i);
  assert.deepEqual(refused, []);
  mkdirSync(PICTURES, { recursive: true });
  const picture = join(PICTURES, 'sway.png');
  await sway.screenshot(picture);
  assert.equal(readFileSync(picture).subarray(1, 4).toString(), 'PNG');
});

test('a compositor that dies is told', { skip }, async (t) => {
  const { sway, sink, reports, until } = await session(t);
  const focus = swayFocus(sway.env);
  await focus.start(sink);
  t.after(focus.stop);
  await sway.crash();
  await until(() => reports.length === 1, 'word of it');
  assert.match(JSON.stringify(reports[0]), /sway has gone/);
  assert.match(JSON.stringify(await focus.available()), /sway can't be reached/);
});

const skipWlroots = skip === false ? missingPackage() : skip;

/** The protocol that Hyprland, labwc, Wayfire and others have in common; sway has it beside its own. */
test('other compositors of wlroots: the same by wlr-foreign-toplevel', { skip: skipWlroots }, async (t) => {
  const { sway, sink, events, reports, refused, names, until } = await session(t);
  const env = { ...sway.env, SWAYSOCK: '', XDG_CURRENT_DESKTOP: 'labwc' };
  const [, , focus] = liveCollectors(env);
  assert.ok(focus !== undefined);
  assert.deepEqual(await focus.available(), { ok: true });
  await sway.openWindow('Editor', SECRET);
  await focus.start(sink);
  t.after(focus.stop);
  await until(() => names().length === 1, 'what has the focus at the start');
  await sway.openWindow('mail', 'another secret');
  await until(() => names().at(-1) === 'mail', 'a new window takes the focus');
  await sway.command('[app_id="mail"] kill');
  await until(() => names().length === 3, 'back to the first');
  assert.deepEqual(names(), ['editor', 'mail', 'editor']);
  assert.doesNotMatch(JSON.stringify(events), /secret|bank/i);
  assert.deepEqual(refused, []);
  await sway.crash();
  await until(() => reports.length === 1, 'word of the end');
  assert.match(JSON.stringify(reports[0]), /the Wayland compositor has gone/);
});

function missingPackage(): string | false {
  try {
    import.meta.resolve('wayland-client');
    return false;
  } catch {
    return 'the package wayland-client is not installed';
  }
}
