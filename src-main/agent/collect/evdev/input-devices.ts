// The text of /proc/bus/input/devices in; the keyboards, mice and touchpads of this machine out. Pure, but for the reading at the end.
// Everybody may read that file: who can't read a device learns from it at least that it is there.
import { readFile } from 'node:fs/promises';

export type DeviceKind = 'keyboard' | 'pointer';

export interface InputDevice {
  /** `event3`, the name of its file in /dev/input. */
  readonly node: string;
  /** As the device calls itself. */
  readonly name: string;
  /** It types letters. */
  readonly keyboard: boolean;
  /** How it moves the pointer; null where it does not. Touch screens and pens are no hands on a mouse, and are left alone. */
  readonly pointer: 'mouse' | 'touchpad' | null;
  /** Its wheel tells whole notches; some made by programs tell fractions only. */
  readonly notches: boolean;
  /**
   * Made by a program (uinput). By its place in sysfs, which the kernel alone decides: bus, identity and `phys` are the program's own
   * words. A Bluetooth device has hardware behind it and another place (uhid).
   */
  readonly virtual: boolean;
  /** Bus (`BUS_USB` is 3, `BUS_VIRTUAL` 6), and where it is plugged in; for the reader's eye. */
  readonly bus: number;
  readonly phys: string;
}

// linux/input-event-codes.h
const KEYS_OF_A_KEYBOARD = { from: 1, to: 31 } as const;
const REL = { x: 0, y: 1, wheel: 8 } as const;
const ABS = { x: 0, y: 1 } as const;
const BTN = { left: 0x110, pen: 0x140, finger: 0x145 } as const;
/** `INPUT_PROP_DIRECT`: what is touched is what is seen. */
const DIRECT = 1;
const VIRTUAL = '/devices/virtual/input/';

/** @returns only devices with a file, and only those that type or point */
export function parseInputDevices(text: string): readonly InputDevice[] {
  return text
    .split(/\n\s*\n/)
    .map(deviceOf)
    .filter((device) => device !== null);
}

function deviceOf(paragraph: string): InputDevice | null {
  const field = (pattern: RegExp): string => pattern.exec(paragraph)?.[1] ?? '';
  const bits = (name: string) => bitmap(field(new RegExp(`^B: ${name}=([0-9a-f ]+)$`, 'm')));
  const node = field(/^H: Handlers=.*?\b(event\d+)\b/m);
  const [keys, relative, absolute, properties] = [bits('KEY'), bits('REL'), bits('ABS'), bits('PROP')];
  const typed = Array.from({ length: KEYS_OF_A_KEYBOARD.to }, (_, i) => i + KEYS_OF_A_KEYBOARD.from);
  const keyboard = typed.every(keys);
  const pointer = pointerOf({ keys, relative, absolute, properties });
  if (node === '' || (!keyboard && pointer === null)) return null;
  return {
    ...{ node, keyboard, pointer, notches: relative(REL.wheel) },
    name: field(/^N: Name="(.*)"$/m),
    virtual: field(/^S: Sysfs=(.*)$/m).startsWith(VIRTUAL),
    bus: Number.parseInt(field(/^I: Bus=([0-9a-f]{4})/m), 16),
    phys: field(/^P: Phys=(.*)$/m),
  };
}

type Bits = (bit: number) => boolean;

function pointerOf(has: Record<'keys' | 'relative' | 'absolute' | 'properties', Bits>): InputDevice['pointer'] {
  if (has.relative(REL.x) && has.relative(REL.y) && has.keys(BTN.left)) return 'mouse';
  const flat = has.absolute(ABS.x) && has.absolute(ABS.y) && !has.properties(DIRECT);
  return flat && has.keys(BTN.finger) && !has.keys(BTN.pen) ? 'touchpad' : null;
}

/** The kernel writes words of 64 bits in hexadecimal, the highest first, without leading zeros. */
function bitmap(words: string): Bits {
  const parsed = words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => BigInt(`0x${word}`))
    .toReversed();
  return (bit) => (((parsed[bit >> 6] ?? 0n) >> BigInt(bit & 63)) & 1n) === 1n;
}

export const hasKind = ({ keyboard, pointer }: InputDevice, kind: DeviceKind): boolean =>
  kind === 'keyboard' ? keyboard : pointer !== null;

/** @throws Error when the kernel tells nothing of its devices */
export const readInputDevices = async (file: string): Promise<readonly InputDevice[]> =>
  parseInputDevices(await readFile(file, 'utf8'));
