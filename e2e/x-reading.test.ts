// XInput2 is read a few times a second. What that must not do, on a real X server: make times wrong, put clicks elsewhere, lose the last keys
// at a stop, or have what was typed behind the lock taken for the owner's. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CollectorSink } from '../src-main/agent/collect/collector.ts';
import { openX, type OpenX } from '../src-main/agent/collect/x-connection.ts';
import { createXInput } from '../src-main/agent/collect/xinput/xinput-input.ts';
import type { InputEvent } from '../src-main/agent/events.ts';
import { createPresence } from '../src-main/agent/presence.ts';
import { openMemoryStore } from '../src-main/agent/store/open-store.ts';
import { openSender, type XSender } from '../src-main/evaluate/x-sender.ts';
import { missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForX();
const skip = missing ?? false;
/** Longer than reading rests. */
const READ_MS = 500;
const KEYS = [38, 56, 54, 40];
let session: XSession;
let hand: XSender;
let other: OpenX;

before(async () => {
  if (missing !== null) return;
  session = await startXSession({ windowManager: false, inputWindow: false });
  [hand, other] = await Promise.all([openSender(session.display), openX(session.display)]);
});
after(async () => {
  if (missing !== null) return;
  hand.close();
  other.close();
  await session.stop();
});

const input = () => createXInput({ env: { DISPLAY: session.display } });
const sinkFor = (publish: (event: InputEvent) => void): CollectorSink => ({
  publish,
  report: (found) => assert.fail(JSON.stringify(found)),
  refuse: (reason) => assert.fail(reason),
});
/** Everybody is told that the buttons may mean something else, though they do not. */
async function mapAnew(): Promise<void> {
  other.client.SetPointerMapping([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await other.ask((reply) => other.client.QueryPointer(other.root, reply));
}
async function press(code: number, pressed: boolean, afterMs: number): Promise<void> {
  hand.key(code, pressed);
  await hand.done();
  await sleep(afterMs);
}

test('the times of keys are true from the first one on, whatever else was told before it', { skip }, async () => {
  const lateMs: number[] = [];
  const typedMs: number[] = [];
  const stop = await input().listen(
    'keyboard',
    sinkFor(({ ts }) => lateMs.push(Math.abs(ts / 1000 - (typedMs[lateMs.length] ?? Number.NaN)))),
  );
  await mapAnew();
  await sleep(15);
  for (let i = 0; i < 20; i += 1) {
    typedMs.push(Date.now());
    await press(38, i % 2 === 0, 60);
  }
  await sleep(READ_MS);
  await stop();
  const median = lateMs.toSorted((a, b) => a - b)[lateMs.length >> 1] ?? Number.NaN;
  // Without a rest 1; the first key read after a rest has been up to 250 late, and those after it hardly less.
  assert.ok(lateMs.length === 20 && median < 30, `${lateMs.length} told, ${median} ms off`);
});

test('a click lies where the pointer was, also with a change of the buttons in between', { skip }, async () => {
  hand.moveTo(100, 100);
  await hand.done();
  const told: string[] = [];
  const stop = await input().listen(
    'pointer',
    sinkFor((event) => void (event.type === 'mouse' && told.push(`${event.event} ${event.x},${event.y}`))),
  );
  hand.moveBy(1, 0);
  await hand.done();
  await sleep(60);
  hand.button(1, true);
  await hand.done();
  await mapAnew();
  hand.moveBy(200, 0);
  hand.button(1, false);
  await hand.done();
  await sleep(READ_MS);
  await stop();
  assert.deepEqual(told, ['move 101,100', 'press 101,100', 'move 301,100', 'release 301,100']);
});

test('who stops right after the last key has heard it', { skip }, async () => {
  const told: InputEvent[] = [];
  const xinput = input();
  const stops = [
    await xinput.listen(
      'keyboard',
      sinkFor((event) => told.push(event)),
    ),
    await xinput.listen(
      'pointer',
      sinkFor(() => undefined),
    ),
  ];
  for (const code of KEYS) for (const pressed of [true, false]) await press(code, pressed, 10);
  for (const stop of stops) await stop();
  assert.equal(told.length, 2 * KEYS.length);
});

test('a key that goes down unheard is not let go later: off and on again', { skip }, async () => {
  const told: string[] = [];
  const sink = sinkFor((event) => void (event.type === 'keystroke' && told.push(event.event)));
  const xinput = input();
  const stopPointer = await xinput.listen(
    'pointer',
    sinkFor(() => undefined),
  );
  const stop = await xinput.listen('keyboard', sink);
  await press(56, true, 10);
  await press(56, false, 10);
  await stop();
  await press(38, true, 10);
  const stopAgain = await xinput.listen('keyboard', sink);
  await press(38, false, 10);
  await press(38, true, 10);
  await press(38, false, READ_MS);
  await stopAgain();
  await stopPointer();
  assert.deepEqual(told, ['press', 'release', 'press', 'release']);
});

for (const mapped of [false, true]) {
  const how = mapped ? ', with a change of the buttons before it' : '';
  test(`what was typed behind the lock is nobody’s, though it is read after it${how}`, { skip }, async () => {
    const presence = createPresence({
      ...{ store: openMemoryStore(), nowMs: Date.now, steadyMs: () => performance.now() },
      ...{ audit: () => undefined, interrupt: () => undefined, reauthenticated: () => undefined },
      failed: (error) => assert.fail(String(error)),
    });
    presence.session('locked', 'test');
    let [heard, taken] = [0, 0];
    const stop = await input().listen(
      'keyboard',
      sinkFor(({ ts }) => {
        heard += 1;
        if (presence.takes(ts)) taken += 1;
      }),
    );
    if (mapped) await mapAnew();
    await sleep(15);
    for (const code of KEYS) for (const pressed of [true, false]) await press(code, pressed, 40);
    presence.session('unlocked', 'test');
    await sleep(READ_MS);
    assert.deepEqual([heard, taken], [2 * KEYS.length, 0]);
    for (const pressed of [true, false]) await press(38, pressed, 10);
    await stop();
    assert.equal(taken, 2);
  });
}
