import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputEvent } from '../../events.ts';
import type { InjectedFinding } from '../../infer/injected-finding.ts';
import type { Availability } from '../collector.ts';
import { evdevKeyboard, evdevMouse } from './evdev-collectors.ts';
import { createEvdevInput } from './evdev-input.ts';
import { bytesOf, fakeInput, key, rel, REPORT } from './evdev.fixture.ts';

const skip = process.platform !== 'linux' || !existsSync('/usr/bin/mkfifo') ? 'needs Linux and mkfifo' : false;
const US = 1_700_000_000_000_000;

async function until(ready: () => boolean, what: string): Promise<void> {
  for (let wait = 0; wait < 150; wait += 1) {
    if (ready()) return;
    await sleep(10);
  }
  assert.fail(`${what} did not come`);
}

function rig(t: TestContext, isOurs: () => boolean = () => true) {
  const fake = fakeInput();
  let seats = 0;
  const input = createEvdevInput({
    places: fake.places,
    seat: async () => {
      seats += 1;
      return { isOurs, unknown: null, stop: async () => void (seats -= 1) };
    },
  });
  const [keyboard, mouse] = [evdevKeyboard(input), evdevMouse(input)];
  const events: InputEvent[] = [];
  const reports: Availability[] = [];
  const refused: string[] = [];
  const suspected: InjectedFinding[] = [];
  const sink = {
    publish: (event: InputEvent) => void events.push(event),
    report: (health: Availability) => void reports.push(health),
    refuse: (reason: string) => void refused.push(reason),
    suspect: (finding: InjectedFinding) => void suspected.push(finding),
  };
  t.after(async () => {
    await Promise.all([keyboard.stop(), mouse.stop()]);
    assert.equal(seats, 0, 'nobody watches the seat any more');
    fake.remove();
  });
  return { ...fake, keyboard, mouse, sink, events, reports, refused, suspected };
}

test("keyboard and mouse of their own devices, with the kernel's times", { skip }, async (t) => {
  const { plug, send, keyboard, mouse, sink, events } = rig(t);
  plug('event3', 'keyboard');
  plug('event5', 'mouse');
  const note = 'Keyboards read from the kernel (evdev): 1 of 1.';
  assert.deepEqual(await keyboard.available(), { ok: true, through: 'evdev', note });
  await Promise.all([keyboard.start(sink), mouse.start(sink)]);
  send('event3', US + 1, key(30, 1));
  send('event3', US + 80_002, key(30, 0));
  await until(() => events.length === 2, 'the key');
  send('event5', US + 90_003, rel(0, 4));
  await until(() => events.length === 3, 'the movement');
  assert.deepEqual(events, [
    { type: 'keystroke', ts: US + 1, key: 'a', event: 'press' },
    { type: 'keystroke', ts: US + 80_002, key: 'a', event: 'release' },
    { type: 'mouse', ts: US + 90_003, x: 4, y: 0, event: 'move' },
  ]);
});

test('what is turned off is not even opened', { skip }, async (t) => {
  const { plug, send, sendBytes, keyboard, mouse, sink, events } = rig(t);
  plug('event3', 'keyboard');
  plug('event5', 'mouse');
  await Promise.all([keyboard.start(sink), mouse.start(sink)]);
  await keyboard.stop();
  // A pipe holds 64 KB that nobody reads.
  for (let sent = 0; sendBytes('event3', bytesOf(US, [key(30, 1), REPORT])); sent += 48) {
    assert.ok(sent <= 65_536);
    await sleep(0);
  }
  send('event5', US + 1, rel(1, 4));
  await until(() => events.length > 0, 'the movement');
  assert.deepEqual(
    events.map(({ type }) => type),
    ['mouse'],
  );
});

test('unplugged and plugged in again', { skip }, async (t) => {
  const { plug, unplug, send, keyboard, sink, events, reports } = rig(t);
  plug('event3', 'keyboard');
  await keyboard.start(sink);
  unplug('event3');
  await until(() => reports.length === 1, 'word of the loss');
  assert.deepEqual(reports[0], { ok: false, reason: 'there is no keyboard', fix: 'Connect a keyboard.' });
  plug('event4', 'keyboard');
  await until(() => reports.length === 2, 'word of the return');
  assert.equal(reports[1]?.ok, true);
  send('event4', US, key(48, 1));
  await until(() => events.length === 1, 'the key');
});

test('a second keyboard is heard from when it comes', { skip }, async (t) => {
  const { plug, send, keyboard, sink, events, reports } = rig(t);
  plug('event3', 'keyboard');
  await keyboard.start(sink);
  plug('event8', 'keyboard');
  await until(() => reports.length === 1, 'word of it');
  assert.match(JSON.stringify(reports[0]), /2 of 2/);
  send('event8', US, key(48, 1));
  await until(() => events.length === 1, 'the key');
});

test('one that comes back without the right to read it is said to be so', { skip }, async (t) => {
  const { plug, unplug, keyboard, sink, reports } = rig(t);
  plug('event3', 'keyboard');
  await keyboard.start(sink);
  unplug('event3');
  await until(() => reports.length === 1, 'word of the loss');
  plug('event3', 'keyboard', false);
  await until(() => reports.length === 2, 'word of the right');
  assert.match(JSON.stringify(reports[1]), /this user may not read the keyboard.*seclyzer doctor/);
  await assert.rejects(keyboard.start(sink), /may not read the keyboard/);
});

test('a device that sends no events is left alone, the others go on', { skip }, async (t) => {
  const { plug, send, sendBytes, keyboard, sink, events, reports, refused } = rig(t);
  plug('event3', 'keyboard');
  plug('event8', 'keyboard');
  await keyboard.start(sink);
  sendBytes('event8', Buffer.alloc(48, 0xff));
  await until(() => reports.length === 1, 'word of it');
  assert.match(JSON.stringify(reports[0]), /1 of 2/);
  assert.deepEqual(refused, ['a device can not be read: what the device sends are no input events']);
  send('event3', US, key(48, 1));
  await until(() => events.length === 1, 'the key');
});

test('the only device sends no events: that is said, and no right is blamed', { skip }, async (t) => {
  const { plug, sendBytes, keyboard, sink, reports } = rig(t);
  plug('event3', 'keyboard');
  await keyboard.start(sink);
  sendBytes('event3', Buffer.alloc(48, 0xff));
  await until(() => reports.length === 1, 'word of it');
  assert.match(JSON.stringify(reports[0]), /the keyboard sends what is not understood/);
});

test('a device that floods loses the rest of the second, and is heard from again', { skip }, async (t) => {
  const { plug, send, sendBytes, mouse, keyboard, sink, events, refused } = rig(t);
  plug('event3', 'keyboard');
  plug('event5', 'mouse');
  await Promise.all([keyboard.start(sink), mouse.start(sink)]);
  const nowUs = Date.now() * 1000;
  const piece = Buffer.concat(Array.from({ length: 80 }, (_, i) => bytesOf(nowUs + i, [rel(0, 1), REPORT])));
  const before = performance.now();
  while (refused.length === 0 && performance.now() - before < 900) {
    while (sendBytes('event5', piece)) assert.ok(piece.length <= 4096);
    await sleep(1);
  }
  assert.match(refused[0] ?? '', /more than any hand can/);
  // Nothing but what came before the limit: 64,000 events, every other of them a report.
  const moved = events.length;
  assert.ok(moved > 30_000 && moved <= 32_000, `${moved}`);
  send('event3', US, key(48, 1));
  await until(() => events.length === moved + 1, 'a key meanwhile');
  await sleep(1100);
  // On the device's clock, past the silence that follows a gap.
  send('event5', nowUs + 8_000_000, rel(0, 1));
  await until(() => events.length === moved + 2, 'a movement afterwards');
});

test('while somebody else sits at the machine nothing is passed on', { skip }, async (t) => {
  let ours = true;
  const { plug, send, keyboard, sink, events } = rig(t, () => ours);
  plug('event3', 'keyboard');
  await keyboard.start(sink);
  send('event3', US, key(48, 1));
  await until(() => events.length === 1, 'the key');
  ours = false;
  send('event3', US + 1e6, key(30, 1));
  await sleep(60);
  ours = true;
  // A release of what was pressed before, a key within the silence, and one after it.
  send('event3', US + 2e6, key(48, 0));
  send('event3', US + 3e6, key(31, 1), key(31, 0));
  send('event3', US + 7e6, key(32, 1));
  await until(() => events.length === 2, 'the key after it');
  assert.deepEqual(
    events.map((event) => ('key' in event ? event.key : '')),
    ['b', 'd'],
  );
});

test('a device made by a program is reported, more so beside a real one', { skip }, async (t) => {
  const { plug, send, keyboard, sink, events, suspected } = rig(t);
  plug('event3', 'keyboard');
  plug('event21', 'virtual');
  await keyboard.start(sink);
  send('event21', US, key(30, 1));
  await until(() => suspected.length === 1, 'a finding');
  assert.equal(suspected[0]?.confidence, 0.5);
  assert.match(
    suspected[0]?.evidence ?? '',
    /^1 keystrokes in 0\.0 s came from "ydotoold virtual device", a device that a program has made/,
  );
  send('event3', US + 1000, key(48, 1));
  await until(() => events.length === 2, 'the real key');
  send('event21', US + 2000, key(30, 0));
  await until(() => suspected.length === 2, 'a second finding');
  assert.match(suspected[1]?.evidence ?? '', /while a real keyboard is in use$/);
  assert.ok((suspected[1]?.confidence ?? 0) > 0.5);
});

test('where there are none, and where the kernel tells of none', { skip }, async (t) => {
  const { keyboard, sink } = rig(t);
  assert.deepEqual(await keyboard.available(), {
    ok: false,
    reason: 'there is no keyboard',
    fix: 'Connect a keyboard.',
  });
  await assert.rejects(keyboard.start(sink), /there is no keyboard/);
  const places = { devices: '/none', list: '/none' };
  const nowhere = await createEvdevInput({ places }).available('pointer');
  assert.match(JSON.stringify(nowhere), /the kernel tells of no input devices/);
});
