import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARAGRAPHS } from './evdev.fixture.ts';
import { parseInputDevices } from './input-devices.ts';

/** None of these types letters or moves a pointer; touch screens and pens are no mouse. */
const OTHERS = `I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
P: Phys=PNP0C0C/button/input0
S: Sysfs=/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0C:00/input/input0
U: Uniq=
H: Handlers=kbd event0
B: PROP=0
B: EV=3
B: KEY=8000 10000000000000 0

I: Bus=0018 Vendor=04f3 Product=2b7c Version=0100
N: Name="ELAN2513:00 04F3:2B7C"
P: Phys=i2c-ELAN2513:00
S: Sysfs=/devices/pci0000:00/0000:00:15.1/i2c-1/i2c-ELAN2513:00/0018:04F3:2B7C.0003/input/input14
U: Uniq=
H: Handlers=mouse4 event9
B: PROP=2
B: EV=1b
B: KEY=400 0 0 0 0 0
B: ABS=3273800000000003

I: Bus=0003 Vendor=056a Product=0357 Version=0110
N: Name="Wacom Intuos Pro M Pen"
P: Phys=usb-0000:00:14.0-3/input0
S: Sysfs=/devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/0003:056A:0357.0004/input/input19
U: Uniq=
H: Handlers=mouse5 event10
B: PROP=1
B: EV=1f
B: KEY=1cff 10000 0 0 0 0
B: REL=100
B: ABS=1000d000003
`;

test('keyboards, mice and touchpads are found, buttons, touch screens and pens are not', () => {
  const text = [PARAGRAPHS.keyboard('event3'), OTHERS, PARAGRAPHS.mouse('event5'), PARAGRAPHS.touchpad('event7')].join(
    '\n',
  );
  const found = parseInputDevices(text).map(({ node, keyboard, pointer, virtual, notches }) => ({
    ...{ node, keyboard, pointer, virtual, notches },
  }));
  assert.deepEqual(found, [
    { node: 'event3', keyboard: true, pointer: null, virtual: false, notches: false },
    { node: 'event5', keyboard: false, pointer: 'mouse', virtual: false, notches: true },
    { node: 'event7', keyboard: false, pointer: 'touchpad', virtual: false, notches: false },
  ]);
});

test('a device that a program has made is known by its place, whatever bus it claims', () => {
  const [device] = parseInputDevices(PARAGRAPHS.virtual('event21'));
  assert.deepEqual(device, {
    node: 'event21',
    name: 'ydotoold virtual device',
    keyboard: true,
    pointer: 'mouse',
    notches: true,
    virtual: true,
    bus: 3,
    phys: '',
  });
});

test('a Bluetooth keyboard comes through uhid, and is real', () => {
  const text = PARAGRAPHS.keyboard('event4').replace(
    /Sysfs=.*/,
    'Sysfs=/devices/virtual/misc/uhid/0005:05AC:0267.0005/input/input30',
  );
  assert.equal(parseInputDevices(text)[0]?.virtual, false);
});

test('nothing, and half a paragraph, are no devices', () => {
  assert.deepEqual(parseInputDevices(''), []);
  assert.deepEqual(parseInputDevices(PARAGRAPHS.mouse('event5').split('\n').slice(0, 4).join('\n')), []);
});
