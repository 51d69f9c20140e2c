import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY_REPEAT, createXiKeys } from './xi-keys.ts';
import { sourcesOf } from './xi-devices.ts';

// XI2.h: XIKeyClass 0, XIButtonClass 1, XIValuatorClass 2.
const VALUATOR = { Valuator: 2 };
const axes = (mode: 0 | 1, min: number, max: number) => [0, 1].map((number) => ({ type: 2, number, mode, min, max }));

test('a mouse makes steps, a tablet tells places, XTEST may do either', () => {
  const devices = [
    { deviceId: 4, name: 'Virtual core XTEST pointer', classes: axes(0, -1, -1) },
    { deviceId: 8, name: 'A mouse', classes: [{ type: 1 }, ...axes(0, -1, -1), { type: 3, number: 3 }] },
    { deviceId: 9, name: 'QEMU USB Tablet', classes: axes(1, 0, 32_767) },
    { deviceId: 10, name: 'A keyboard', classes: [{ type: 0 }] },
  ];
  const found = sourcesOf(devices, [], VALUATOR);
  const range = { min: 0, max: 32_767 };
  assert.deepEqual(
    [...found].map(([id, { madeBy, motion }]) => [id, madeBy, motion]),
    [
      [4, 'xtest', 'either'],
      [8, null, 'steps'],
      [9, null, { x: range, y: range }],
      [10, null, 'steps'],
    ],
  );
});

test('what the kernel knows to be made by a program is so under X, unless a real one has that name too', () => {
  const device = (deviceId: number, name: string) => ({ deviceId, name, classes: [] });
  const kernel = [
    { name: 'ydotoold virtual device', virtual: true },
    { name: 'Twin', virtual: true },
    { name: 'Twin', virtual: false },
  ];
  const found = sourcesOf([device(11, 'ydotoold virtual device'), device(12, 'Twin')], kernel, VALUATOR);
  assert.deepEqual([found.get(11)?.madeBy, found.get(12)?.madeBy], ['uinput', null]);
});

test('one press and one release a stroke, by the place of the key', () => {
  const keys = createXiKeys();
  const told = (
    [
      ['XIRawKeyRelease', 36, 0], // Return was down before.
      ['XIRawKeyPress', 38, 0],
      ['XIRawKeyPress', 38, KEY_REPEAT],
      ['XIRawKeyPress', 38, 0], // Its release was not seen.
      ['XIRawKeyPress', 62, 0],
      ['XIRawKeyRelease', 38, 0],
    ] as const
  ).map(([name, detail, flags], ts) => keys.accept({ name, detail, flags }, ts));
  assert.deepEqual(told, [
    null,
    { type: 'keystroke', ts: 1, key: 'a', event: 'press' },
    null,
    null,
    { type: 'keystroke', ts: 4, key: 'Shift_R', event: 'press' },
    { type: 'keystroke', ts: 5, key: 'a', event: 'release' },
  ]);
});

test('a key that was down when nobody listened is pressed anew', () => {
  const keys = createXiKeys();
  const press = { name: 'XIRawKeyPress', detail: 38, flags: 0 } as const;
  keys.accept(press, 1);
  keys.forget();
  assert.equal(keys.accept({ ...press, name: 'XIRawKeyRelease' }, 2), null);
  assert.equal(keys.accept(press, 3)?.event, 'press');
});
