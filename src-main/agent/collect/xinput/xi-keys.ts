// Raw key events of the X server in; one press and one release a stroke out.
import type { XiRawEvent } from 'x11';
import type { KeystrokeEvent } from '../../events.ts';
import { evdevKeyName } from '../evdev/key-codes.ts';

/** Under Linux an X server adds this to the kernel's codes: X keeps the numbers below it to itself. */
export const X_OFFSET = 8;
/** XIKeyRepeat: a key that is held, pressed again by the server. */
export const KEY_REPEAT = 1 << 16;

export interface XiKeys {
  /** @returns null for what was no stroke: a repetition, a release whose press was not seen */
  readonly accept: (event: Pick<XiRawEvent, 'name' | 'detail' | 'flags'>, ts: number) => KeystrokeEvent | null;
  /** Nobody listens any more: what is let go meanwhile is not seen. */
  readonly forget: () => void;
}

export function createXiKeys(): XiKeys {
  const held = new Set<number>();
  return {
    accept: ({ name, detail, flags }, ts) => {
      const pressed = name === 'XIRawKeyPress';
      if ((flags & KEY_REPEAT) !== 0) return null;
      if (pressed ? held.has(detail) : !held.delete(detail)) return null;
      if (pressed) held.add(detail);
      return {
        type: 'keystroke',
        ts,
        key: evdevKeyName(detail - X_OFFSET),
        event: pressed ? 'press' : 'release',
      };
    },
    forget: () => held.clear(),
  };
}
