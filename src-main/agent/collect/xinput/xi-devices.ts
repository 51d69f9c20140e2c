// What the X server says of its input devices in; what an event of one of them means out. Pure.
import type { XInput, XiDevice } from 'x11';
import type { InputDevice } from '../evdev/input-devices.ts';
import type { MadeBy } from '../evdev/virtual-input.ts';

export interface AxisRange {
  readonly min: number;
  readonly max: number;
}

export interface XiSource {
  readonly name: string;
  /** Who made it, where that was a program. */
  readonly madeBy: MadeBy | null;
  /**
   * What its motions are: steps; places within these ranges, which stand for the whole screen; or either, which only the pointer itself
   * tells afterwards: XTEST sends both in the same form.
   */
  readonly motion: 'steps' | 'either' | { readonly x: AxisRange; readonly y: AxisRange };
}

/** A device that had gone before anybody could ask for it. */
export const UNLISTED: XiSource = { name: 'a device without a name', madeBy: null, motion: 'either' };

const [X_AXIS, Y_AXIS] = [0, 1];
const ABSOLUTE = 1;
/** The server names them so, one pair for each pointer and keyboard of the desktop (`xtest.c`). */
const XTEST = / XTEST (?:pointer|keyboard)$/;

/**
 * @param kernel what the kernel says of the same devices: it alone knows which ones a program has made (uinput). Matched by name, so
 *   that a real device of the same name counts as real.
 * @returns by number of the device
 */
export function sourcesOf(
  devices: readonly XiDevice[],
  kernel: readonly Pick<InputDevice, 'name' | 'virtual'>[],
  classes: XInput['ClassType'],
): ReadonlyMap<number, XiSource> {
  const real = new Set(kernel.filter(({ virtual }) => !virtual).map(({ name }) => name));
  const made = new Set(kernel.filter(({ virtual, name }) => virtual && !real.has(name)).map(({ name }) => name));
  return new Map(
    devices.map((device) => {
      const { deviceId, name } = device;
      const xtest = XTEST.test(name);
      const madeBy = xtest ? 'xtest' : made.has(name) ? 'uinput' : null;
      return [deviceId, { name, madeBy, motion: xtest ? 'either' : motionOf(device, classes) }] as const;
    }),
  );
}

function motionOf({ classes }: XiDevice, { Valuator }: XInput['ClassType']): XiSource['motion'] {
  const range = (axis: number): AxisRange | null => {
    const found = classes.find(({ type, number }) => type === Valuator && number === axis);
    if (found?.mode !== ABSOLUTE || found.min === undefined || found.max === undefined) return null;
    return found.min < found.max ? { min: found.min, max: found.max } : null;
  };
  const [x, y] = [range(X_AXIS), range(Y_AXIS)];
  return x === null || y === null ? 'steps' : { x, y };
}
