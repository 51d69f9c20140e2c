// Key events of one keyboard in; one press and one release a stroke out.
import type { KeystrokeEvent } from '../../events.ts';
import type { PartState } from './device-state.ts';
import { EV } from './input-event.ts';
import { evdevKeyName, isKey } from './key-codes.ts';

/** What the kernel adds while a key is held (`EV_KEY` with this value): nobody pressed anything. */
const REPEAT = 2;

export function createKeyState(publish: (event: KeystrokeEvent) => void): PartState {
  const held = new Set<number>();
  return {
    visit: (type, code, value, ts) => {
      if (type !== EV.key || value === REPEAT || !isKey(code)) return;
      const pressed = value === 1;
      // A release alone belongs to a press that was not seen, and a second press to a release that was not.
      if (pressed ? held.has(code) : !held.delete(code)) return;
      if (pressed) held.add(code);
      publish({ type: 'keystroke', ts, key: evdevKeyName(code), event: pressed ? 'press' : 'release' });
    },
    moment: () => undefined,
    forget: () => held.clear(),
  };
}
