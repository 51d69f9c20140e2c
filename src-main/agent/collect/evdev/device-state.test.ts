import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent, MouseEvent } from '../../events.ts';
import { createDeviceState } from './device-state.ts';
import { abs, DROPPED, key, rel, REPORT, type FakeEvent } from './evdev.fixture.ts';
import type { InputDevice } from './input-devices.ts';
import { createPointerPath } from './pointer-path.ts';

type Device = Pick<InputDevice, 'keyboard' | 'pointer' | 'notches'>;
const KEYBOARD: Device = { keyboard: true, pointer: null, notches: false };
const MOUSE: Device = { keyboard: false, pointer: 'mouse', notches: true };
const TOUCHPAD: Device = { keyboard: false, pointer: 'touchpad', notches: false };
const [KEY_A, KEY_B, KEY_LEFTSHIFT, KEY_RIGHTALT] = [30, 48, 42, 100];
const [BTN_LEFT, BTN_SIDE, FINGER, TWO_FINGERS] = [0x110, 0x113, 0x145, 0x14d];

function rig(device: Device) {
  const out: (KeystrokeEvent | MouseEvent)[] = [];
  let lost = 0;
  const state = createDeviceState({
    device,
    path: createPointerPath(),
    publish: (event) => void out.push(event),
    lost: () => void (lost += 1),
  });
  const bare = (ms: number, ...events: readonly FakeEvent[]): void => {
    for (const [type, code, value] of events) state.visit(type, code, value, ms * 1000);
  };
  return {
    bare,
    at: (ms: number, ...events: readonly FakeEvent[]): void => bare(ms, ...events, REPORT),
    cut: (ms: number) => state.cut(ms * 1000),
    lost: () => lost,
    keys: () => out.map((e) => (e.type === 'keystroke' ? `${e.ts / 1000} ${e.key} ${e.event}` : '')),
    moves: () => out.map((e) => (e.type === 'mouse' ? [e.ts / 1000, e.event, e.x, e.y] : [])),
    out,
  };
}

test("a press and a release a stroke; what the kernel repeats meanwhile is nobody's", () => {
  const { at, keys } = rig(KEYBOARD);
  at(1, key(KEY_A, 1));
  for (let ms = 251; ms < 400; ms += 33) at(ms, key(KEY_A, 2));
  at(401, key(KEY_LEFTSHIFT, 1));
  at(402, key(KEY_A, 0));
  at(403, key(KEY_RIGHTALT, 1), key(BTN_LEFT, 1));
  assert.deepEqual(keys(), ['1 a press', '401 Shift_L press', '402 a release', '403 Alt_R press']);
});

test('a release without its press and a second press are not told', () => {
  const { at, keys } = rig(KEYBOARD);
  at(1, key(KEY_A, 0));
  at(2, key(KEY_B, 1));
  at(3, key(KEY_B, 1));
  at(4, key(KEY_B, 0));
  assert.deepEqual(keys(), ['2 b press', '4 b release']);
});

test('after lost events nothing is timed across the gap', () => {
  const { at, bare, keys, lost } = rig(KEYBOARD);
  at(1000, key(KEY_A, 1));
  bare(1100, DROPPED, key(KEY_B, 1), REPORT, key(KEY_B, 0), REPORT);
  at(6099, key(KEY_B, 1));
  // Both were pressed before or within the five seconds that a feature may span.
  at(6101, key(KEY_A, 0), key(KEY_B, 0));
  at(6102, key(KEY_A, 1));
  assert.equal(lost(), 1);
  assert.deepEqual(keys(), ['1000 a press', '6102 a press']);
});

test('a clock that is set back ends the silence after a gap', () => {
  const { at, cut, keys } = rig(KEYBOARD);
  cut(10_000_000);
  at(5_000_000, key(KEY_A, 1));
  assert.deepEqual(keys(), ['5000000 a press']);
});

test('counts are added up to a path; the movement of a moment comes before its click', () => {
  const { at, moves } = rig(MOUSE);
  at(1, rel(0, 3), rel(1, -2));
  at(2, rel(0, -10));
  at(3, rel(0, 1), key(BTN_LEFT, 1));
  at(4, key(BTN_SIDE, 1));
  at(5, key(BTN_LEFT, 0));
  assert.deepEqual(moves(), [
    [1, 'move', 3, -2],
    [2, 'move', -7, -2],
    [3, 'move', -6, -2],
    [3, 'press', -6, -2],
    [5, 'release', -6, -2],
  ]);
});

test('the path goes on without edges, and begins anew far out only where a button goes down', () => {
  const { at, moves } = rig(MOUSE);
  for (let ms = 1; ms <= 6; ms += 1) at(ms, rel(0, 5000));
  at(7, key(BTN_LEFT, 1));
  at(8, rel(0, 5));
  assert.deepEqual(moves().slice(5), [
    [6, 'move', 30_000, 0],
    [7, 'press', 0, 0],
    [8, 'move', 5, 0],
  ]);
  for (let ms = 9; ms < 40; ms += 1) at(ms, rel(1, -5000));
  assert.deepEqual(moves().at(-1), [39, 'move', 5, -99_999], 'what a recording can hold');
});

test('a wheel turns in whole notches, told once also where it tells fractions as well', () => {
  const both = rig(MOUSE);
  for (let ms = 1; ms <= 3; ms += 1) both.at(ms, rel(11, 40));
  both.at(4, rel(8, 1), rel(11, 0));
  both.at(5, rel(8, -2), rel(11, -240));
  assert.deepEqual(
    both.out.map((e) => ('scroll_delta' in e ? e.scroll_delta : null)),
    [1, -2],
  );
  const fractions = rig({ ...MOUSE, notches: false });
  for (let ms = 1; ms <= 7; ms += 1) fractions.at(ms, rel(11, -40));
  assert.deepEqual(
    fractions.out.map((e) => [e.ts / 1000, 'scroll_delta' in e ? e.scroll_delta : null]),
    [
      [3, -1],
      [6, -1],
    ],
  );
});

test('one finger moves by the way between two places, not by where it comes down', () => {
  const { at, moves } = rig(TOUCHPAD);
  at(1, key(FINGER, 1), abs(0, 1000), abs(1, 500));
  at(2, abs(0, 1010));
  at(3, abs(1, 490));
  at(4, key(FINGER, 0));
  at(500, key(FINGER, 1), abs(0, 3000), abs(1, 100));
  at(501, abs(0, 2990), abs(1, 101));
  assert.deepEqual(moves(), [
    [2, 'move', 10, 0],
    [3, 'move', 10, -10],
    [501, 'move', 0, -9],
  ]);
});

test('two fingers scroll: that is no movement, nor is what one of them leaves behind', () => {
  const { at, moves } = rig(TOUCHPAD);
  at(1, key(FINGER, 1), abs(0, 100), abs(1, 100));
  at(2, key(FINGER, 0), key(TWO_FINGERS, 1), abs(1, 200));
  at(3, abs(1, 300));
  at(4, key(TWO_FINGERS, 0), key(FINGER, 1), abs(0, 900));
  at(5, abs(0, 905));
  assert.deepEqual(moves(), [[5, 'move', 5, 0]]);
});

test('a touch is not followed across lost events', () => {
  const { at, bare, moves } = rig(TOUCHPAD);
  at(1, key(FINGER, 1), abs(0, 100), abs(1, 100));
  bare(2, DROPPED, REPORT);
  at(6000, abs(0, 400));
  at(6001, abs(0, 410), abs(1, 1));
  at(6002, abs(0, 420));
  assert.deepEqual(moves(), []);
});
