// A fake /dev/input and /proc/bus/input/devices: named pipes for devices, and the kernel's text about them. For tests.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../thrown.ts';
import type { EvdevPlaces } from './device-access.ts';

/** As the kernel of a laptop writes them (Linux 6.1, a ThinkPad, its mouse, its touchpad), and as uinput's look. */
export const PARAGRAPHS = {
  keyboard: (node: string) => `I: Bus=0011 Vendor=0001 Product=0001 Version=ab54
N: Name="AT Translated Set 2 keyboard"
P: Phys=isa0060/serio0/input0
S: Sysfs=/devices/platform/i8042/serio0/input/input3
U: Uniq=
H: Handlers=sysrq kbd ${node} leds
B: PROP=0
B: EV=120013
B: KEY=402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe
B: MSC=10
B: LED=7
`,
  mouse: (node: string) => `I: Bus=0003 Vendor=046d Product=c077 Version=0111
N: Name="Logitech USB Optical Mouse"
P: Phys=usb-0000:00:14.0-2/input0
S: Sysfs=/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/0003:046D:C077.0001/input/input7
U: Uniq=
H: Handlers=mouse1 ${node}
B: PROP=0
B: EV=17
B: KEY=ff0000 0 0 0 0
B: REL=1943
B: MSC=10
`,
  touchpad: (node: string) => `I: Bus=0018 Vendor=06cb Product=cd8b Version=0100
N: Name="SYNA8004:00 06CB:CD8B Touchpad"
P: Phys=i2c-SYNA8004:00
S: Sysfs=/devices/pci0000:00/0000:00:15.0/i2c_designware.0/i2c-0/i2c-SYNA8004:00/0018:06CB:CD8B.0002/input/input12
U: Uniq=
H: Handlers=mouse2 ${node}
B: PROP=5
B: EV=1b
B: KEY=e520 10000 0 0 0 0
B: ABS=2e0800000000003
B: MSC=20
`,
  virtual: (node: string) => `I: Bus=0003 Vendor=2333 Product=6666 Version=0001
N: Name="ydotoold virtual device"
P: Phys=
S: Sysfs=/devices/virtual/input/input23
U: Uniq=
H: Handlers=sysrq kbd mouse3 ${node}
B: PROP=0
B: EV=7
B: KEY=ff0000 0 ffffffffffffffff ffffffffffffffff fffffffffffffffe
B: REL=143
`,
} as const;

export type FakeKind = keyof typeof PARAGRAPHS;
/** Type, code, value. */
export type FakeEvent = readonly [type: number, code: number, value: number];

export interface FakeInput {
  readonly places: EvdevPlaces;
  /** The folder with all of it. */
  readonly root: string;
  /** @param file false: the device is there, but not for this user. */
  readonly plug: (node: string, kind: FakeKind, file?: boolean) => void;
  readonly unplug: (node: string) => void;
  /** One moment of the device: the events and their report. */
  readonly send: (node: string, atUs: number, ...events: readonly FakeEvent[]) => void;
  /** Up to 4,096 bytes. @returns false when nobody has read for so long that they do not fit any more; then they are lost */
  readonly sendBytes: (node: string, bytes: Uint8Array) => boolean;
  readonly remove: () => void;
}

export const bytesOf = (atUs: number, events: readonly FakeEvent[]): Buffer => {
  const bytes = Buffer.alloc(24 * events.length);
  for (const [i, [type, code, value]] of events.entries()) {
    bytes.writeBigInt64LE(BigInt(Math.floor(atUs / 1e6)), 24 * i);
    bytes.writeBigInt64LE(BigInt(atUs % 1e6), 24 * i + 8);
    bytes.writeUInt16LE(type, 24 * i + 16);
    bytes.writeUInt16LE(code, 24 * i + 18);
    bytes.writeInt32LE(value, 24 * i + 20);
  }
  return bytes;
};

export const REPORT: FakeEvent = [0, 0, 0];
export const DROPPED: FakeEvent = [0, 3, 0];
export const key = (code: number, value: 0 | 1 | 2): FakeEvent => [1, code, value];
export const rel = (code: number, value: number): FakeEvent => [2, code, value];
export const abs = (code: number, value: number): FakeEvent => [3, code, value];

export function fakeInput(): FakeInput {
  const root = mkdtempSync(join(tmpdir(), 'seclyzer-input-'));
  const places = { devices: join(root, 'input'), list: join(root, 'devices') };
  mkdirSync(places.devices);
  const plugged = new Map<string, string>();
  const pipes = new Map<string, number>();

  const list = (): void => writeFileSync(places.list, `${[...plugged.values()].join('\n')}\n`);
  const unplug = (node: string): void => {
    plugged.delete(node);
    list();
    const pipe = pipes.get(node);
    if (pipe !== undefined) closeSync(pipe);
    pipes.delete(node);
    rmSync(join(places.devices, node), { force: true });
  };
  const sendBytes = (node: string, bytes: Uint8Array): boolean => {
    const pipe = pipes.get(node);
    if (pipe === undefined) throw new Error(`${node} is not plugged in`);
    try {
      return writeSync(pipe, bytes) === bytes.length;
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return false;
      throw error;
    }
  };
  list();
  return {
    places,
    root,
    plug: (node, kind, file = true) => {
      plugged.set(node, PARAGRAPHS[kind](node));
      list();
      const path = join(places.devices, node);
      if (file) execFileSync('mkfifo', ['-m', '600', path]);
      // Read and write, so that neither end waits for the other.
      if (file) pipes.set(node, openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
      // What udev does to the folder besides.
      else writeFileSync(join(places.devices, 'by-path'), '');
    },
    unplug,
    send: (node, atUs, ...events) => void sendBytes(node, bytesOf(atUs, [...events, REPORT])),
    sendBytes,
    remove: () => {
      for (const node of plugged.keys()) unplug(node);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
