// Both drivers of X11 beside each other on one real X server: the same keys, buttons, notches, pixels and times. What is sent is what is
// expected. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { evdevKeyName } from '../src-main/agent/collect/evdev/key-codes.ts';
import { liveCollectors } from '../src-main/agent/collect/index.ts';
import { ada, inventEvents } from '../src-main/agent/collect/synthetic.ts';
import { X_OFFSET } from '../src-main/agent/collect/xinput/xi-keys.ts';
import type { InputEvent, MouseEvent } from '../src-main/agent/events.ts';
import {
  KEYSTROKE_FEATURES,
  keystrokeVector,
  MOUSE_FEATURES,
  mouseVector,
  type Feature,
  type Unit,
} from '../src-main/agent/features/index.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';
import { openSender, type XSender } from '../src-main/evaluate/x-sender.ts';
import { record } from './live-input.ts';
import { enterXSession, isInstalled, missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForX();
const skip = missing ?? false;
const PAUSE = 127;
let session: XSession;
let hand: XSender;

before(async () => {
  if (missing !== null) return;
  session = await startXSession();
  session.stopAtExit();
  enterXSession(session);
  hand = await openSender(session.display);
});

after(() => hand?.close());

/** A little longer than XInput2 rests between two readings. */
const READ_MS = 350;

/** What each driver tells of the same doing, the last of which is a press of the key `Pause`, which is left out. */
async function throughBoth(doing: () => Promise<void>) {
  const recorders = await Promise.all(
    (['xinput', 'uiohook'] as const).map((driver) => record(liveCollectors(process.env, { driver }).slice(0, 2))),
  );
  const isLast = (event: InputEvent): boolean => event.type === 'keystroke' && event.key === 'Pause';
  try {
    await sleep(50);
    await doing();
    for (const pressed of [true, false]) hand.key(PAUSE, pressed);
    await hand.done();
    for (let wait = 0; wait < 100 && recorders.some(({ events }) => events.filter(isLast).length < 2); wait += 1)
      await sleep(20);
    // The window manager may hold a button back for a moment, and no key: it comes after the last one.
    await sleep(READ_MS);
  } finally {
    for (const { stop } of recorders) await stop();
  }
  const [xinput = [], uiohook = []] = recorders.map(({ events }) => events.filter((event) => !isLast(event)));
  return { xinput, uiohook };
}

function* take<T>(all: Iterable<T>, most: number): Generator<T, void> {
  let left = most;
  for (const one of all) {
    if (left-- === 0) return;
    yield one;
  }
}

const KEY_CODES = new Map(
  Array.from({ length: 248 }, (_, code) => [evdevKeyName(code), code + X_OFFSET] as const).toReversed(),
);
const BUTTONS = { Left: 1, Middle: 2, Right: 3 } as const;
/** Pauses are cut: what is compared is the same doing twice, and not a person. */
const LONGEST_PAUSE_MS = 40;

/** At the times of the plan, but for long pauses. */
async function carryOut(plan: readonly InputEvent[]): Promise<void> {
  let before: InputEvent | undefined;
  for (const event of plan) {
    await sleep(Math.min(LONGEST_PAUSE_MS, (event.ts - (before?.ts ?? event.ts)) / 1000));
    before = event;
    if (event.type === 'keystroke')
      hand.key(KEY_CODES.get(event.key) ?? assert.fail(event.key), event.event === 'press');
    else if (event.type === 'mouse') carryOutMouse(event);
  }
  await hand.done();
}

function carryOutMouse(event: MouseEvent): void {
  if (event.event === 'move') return hand.moveTo(event.x, event.y);
  if (event.event !== 'scroll') return hand.button(BUTTONS[event.button], event.event === 'press');
  for (const pressed of [true, false]) hand.button(event.scroll_delta > 0 ? 4 : 5, pressed);
}

const withoutTime = (events: readonly InputEvent[]) => events.map(({ ts: _ts, ...rest }) => rest);

/** All that have a name: those of keyboards with 105 keys, and F13 to F24. */
const CODES = Array.from({ length: 194 }, (_, i) => i + 9).filter(
  (code) => code !== PAUSE && (code < 136 || code > 190),
);

test('every key has the same name', { skip }, async () => {
  const { xinput, uiohook } = await throughBoth(async () => {
    for (const code of CODES)
      for (const pressed of [true, false]) {
        hand.key(code, pressed);
        await hand.done();
      }
  });
  assert.equal(xinput.length, 2 * CODES.length);
  const other = CODES.flatMap((code, i) => {
    const [a, b] = [xinput[2 * i], uiohook[2 * i]];
    assert.ok(a?.type === 'keystroke' && b?.type === 'keystroke');
    return a.key === b.key || a.key.startsWith('keycode_') ? [] : [`${code}: ${a.key}, not ${b.key}`];
  });
  // uiohook does not know the key beside the left shift of European keyboards, nor the comma of a Brazilian keypad.
  assert.deepEqual(other, ['94: less, not keycode_0', '129: KP_Separator, not keycode_0']);
});

test('movements, buttons and the wheel: the same pixels, up to the edges of the screen', { skip }, async () => {
  const { xinput, uiohook } = await throughBoth(async () => {
    for (const [x, y] of [
      [300, 300],
      [310, 305],
      [2000, -5],
    ] as const)
      hand.moveTo(x, y);
    await hand.done();
    // XTEST tells places and steps in the same form: which of them a hand has made shows only when not both are read at once.
    await sleep(READ_MS);
    for (const [dx, dy] of [
      [-9, 4],
      [-1, 0],
      [-600, 300],
      [3, -3000],
      [2000, 17],
    ] as const)
      hand.moveBy(dx, dy);
    for (const button of [1, 2, 3, 4, 5, 6, 8]) for (const pressed of [true, false]) hand.button(button, pressed);
    hand.button(1, true);
    hand.moveBy(-40, 30);
    hand.button(1, false);
  });
  assert.deepEqual(withoutTime(xinput), withoutTime(uiohook));
  const at = { type: 'mouse', x: 1279, y: 17 };
  assert.deepEqual(withoutTime(xinput).slice(2), [
    { type: 'mouse', x: 1279, y: 0, event: 'move' },
    { type: 'mouse', x: 1270, y: 4, event: 'move' },
    { type: 'mouse', x: 1269, y: 4, event: 'move' },
    { type: 'mouse', x: 669, y: 304, event: 'move' },
    { type: 'mouse', x: 672, y: 0, event: 'move' },
    { ...at, event: 'move' },
    ...(['Left', 'Middle', 'Right'] as const).flatMap((button) => [
      { ...at, event: 'press', button },
      { ...at, event: 'release', button },
    ]),
    { ...at, event: 'scroll', scroll_delta: 1 },
    { ...at, event: 'scroll', scroll_delta: -1 },
    { ...at, event: 'press', button: 'Left' },
    { type: 'mouse', x: 1239, y: 47, event: 'move' },
    { type: 'mouse', x: 1239, y: 47, event: 'release', button: 'Left' },
  ]);
});

const noMapping = isInstalled('xmodmap') ? false : 'xmodmap not found: sudo apt-get install x11-xserver-utils';

test(
  'a left hand: buttons as the desktop names them, from the moment it does',
  { skip: missing ?? noMapping },
  async () => {
    const map = async (order: string): Promise<void> => {
      const child = spawn('xmodmap', ['-e', `pointer = ${order}`], { stdio: 'ignore' });
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    };
    try {
      const { xinput, uiohook } = await throughBoth(async () => {
        for (const order of ['3 2 1', '1 2 3']) {
          await map(order);
          // Both have to hear of it first.
          await sleep(500);
          for (const pressed of [true, false]) hand.button(1, pressed);
        }
      });
      const names = (events: readonly InputEvent[]) =>
        events.map((event) => (event.type === 'mouse' && event.event === 'press' ? event.button : event.type));
      assert.deepEqual(names(xinput), ['Right', 'mouse', 'Left', 'mouse']);
      assert.deepEqual(names(uiohook), ['Right', 'mouse', 'Left', 'mouse']);
    } finally {
      await map('default');
    }
  },
);

/** A common mouse, and that of the plan, tells 125 times a second. */
const REPORT_MS = 8;

/**
 * XRecord tells when the server got round to recording an event, XInput2 when it happened: one millisecond later at most times. What that
 * can do: a mean or quantile of times moves by it, a range by twice that; speeds and shares by its part in the 8 ms of one report.
 */
test('one hand through both: the times of each event, and so what is made of them', { skip }, async () => {
  const plan = [...take(inventEvents(ada, createRandom(3), 0), 9000)];
  const typed = plan.filter((event) => event.type === 'keystroke').slice(0, 160);
  const moved = plan.filter((event) => event.type === 'mouse').slice(0, 600);
  const { xinput, uiohook } = await throughBoth(async () => {
    for (const part of [typed, moved]) await carryOut(part);
  });
  assert.equal(xinput.length, typed.length + moved.length);
  assert.deepEqual(withoutTime(xinput), withoutTime(uiohook));
  const laterMs = xinput.map(({ ts }, i) => Math.abs((uiohook[i]?.ts ?? Number.NaN) - ts) / 1000);
  const sorted = laterMs.toSorted((x, y) => x - y);
  const median = sorted[sorted.length >> 1] ?? Number.NaN;
  // Of all events, for a figure is made of all of them: on a busy machine some come far later than the others.
  const most = Math.max(1, sorted.at(-1) ?? Number.NaN);
  assert.ok(median <= 1, `uiohook's times lie ${median} ms apart at the median`);
  const tolerance = (unit: Unit, value: number, later: number): number =>
    unit === 'ms' ? 2 * later : (Math.abs(value) * later) / REPORT_MS + (unit === 'share' ? 0.01 : 0);
  // About nought it is no part of itself. Of n logarithms y with errors e that know nothing of each other, sqrt(2 / n) (1 + |r|) |e| / |y|; four of them.
  const pressedMs = xinput.flatMap((event) =>
    event.type === 'keystroke' && event.event === 'press' ? [event.ts / 1000] : [],
  );
  const intervalsMs = pressedMs.slice(1).map((ms, i) => ms - (pressedMs[i] ?? Number.NaN));
  const logs = intervalsMs.map((ms) => Math.log1p(ms));
  const mean = logs.reduce((sum, y) => sum + y, 0) / logs.length;
  const offByLogs = Math.hypot(...intervalsMs.map((ms) => 1 / (1 + ms))) / Math.hypot(...logs.map((y) => y - mean));
  const compare = (features: readonly Feature[], later: number, vectors: readonly Float32Array[]): void => {
    for (const [i, { name, unit }] of features.entries()) {
      const [a = Number.NaN, b = Number.NaN] = [vectors[0]?.[i], vectors[1]?.[i]];
      const apart = Math.abs(a - b);
      const allowed =
        name === 'rhythm.autocorrelation'
          ? 4 * Math.sqrt(2 / logs.length) * (1 + Math.abs(a)) * later * offByLogs
          : tolerance(unit, a, later);
      assert.ok(apart <= allowed, `${name}: ${a} and ${b} ${unit}, where times lie ${later} ms apart`);
    }
  };
  const both = [xinput, uiohook];
  const keys = both.map((all) => keystrokeVector(all.filter((event) => event.type === 'keystroke')).vector);
  const mice = both.map((all) => mouseVector(all.filter((event) => event.type === 'mouse')).vector);
  compare(KEYSTROKE_FEATURES, most, keys);
  compare(MOUSE_FEATURES, most, mice);
});
