// The kernel's events of one device in; keystrokes and movements out. Pure: the path of the pointer is shared by all devices.
// Where the kernel had to throw events away (SYN_DROPPED), what is held and where a finger lies could only be asked by an ioctl, which
// JavaScript has none of. So all of that is forgotten, and nothing is passed on until no feature times across the gap any more.
import type { KeystrokeEvent, MouseEvent } from '../../events.ts';
import { MAX_GAP_MS } from '../../features/key-strokes.ts';
import type { InputDevice } from './input-devices.ts';
import { EV, SYN, type EventVisitor } from './input-event.ts';
import { createKeyState } from './key-state.ts';
import type { PointerPath } from './pointer-path.ts';
import { createPointerState } from './pointer-state.ts';

export interface DeviceState {
  readonly visit: EventVisitor;
  /** Something was missed: the reader was away, somebody else sat at the machine. */
  readonly cut: (atUs: number) => void;
}

export interface DeviceStateParts {
  readonly device: Pick<InputDevice, 'keyboard' | 'pointer' | 'notches'>;
  readonly path: PointerPath;
  readonly publish: (event: KeystrokeEvent | MouseEvent) => void;
  /** Events were lost before they could be read. */
  readonly lost: () => void;
}

/** One part of a device: its keys, or what moves the pointer. */
export interface PartState {
  readonly visit: EventVisitor;
  /** All events of one moment are told. */
  readonly moment: (atUs: number) => void;
  readonly forget: () => void;
}

/** The longest pause that features of typing time across; those of the mouse know shorter ones. */
const QUIET_US = MAX_GAP_MS * 1000;

export function createDeviceState({ device, path, publish, lost }: DeviceStateParts): DeviceState {
  const parts: readonly PartState[] = [
    ...(device.keyboard ? [createKeyState(publish)] : []),
    ...(device.pointer === null ? [] : [createPointerState({ ...device, pointer: device.pointer }, path, publish)]),
  ];
  let dropping = false;
  let quietUntilUs = Number.NEGATIVE_INFINITY;

  /** A clock that was set back far does not make it last; what waited to be read is a little older than the cut. */
  const isQuiet = (atUs: number): boolean => atUs < quietUntilUs && quietUntilUs - atUs <= 2 * QUIET_US;
  const cut = (atUs: number): void => {
    quietUntilUs = atUs + QUIET_US;
    for (const part of parts) part.forget();
  };
  const synchronise = (code: number, atUs: number): void => {
    if (code === SYN.dropped) {
      dropping = true;
      lost();
      return;
    }
    if (code !== SYN.report) return;
    // What comes before the report belongs to a moment of which a part is lost.
    if (dropping) {
      dropping = false;
      return cut(atUs);
    }
    if (!isQuiet(atUs)) for (const part of parts) part.moment(atUs);
  };
  return {
    visit: (type, code, value, atUs) => {
      if (type === EV.syn) return synchronise(code, atUs);
      if (dropping || isQuiet(atUs)) return;
      for (const part of parts) part.visit(type, code, value, atUs);
    },
    cut,
  };
}
