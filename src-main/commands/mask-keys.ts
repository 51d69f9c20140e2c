// Keeps what is typed out of a recording. In: an event. Out: the same event with a key that stands for many.
// Who typed can be told from the rhythm of the fingers; which of a finger's keys it was is not needed for that.
import { homeKeyOf } from '../agent/features/fingers.ts';
import type { InputEvent } from '../agent/events.ts';

/** Keys that write nothing and keep their names. Whatever is not listed is masked, so that a forgotten key gives nothing away. */
// prettier-ignore
const SILENT_KEYS: ReadonlySet<string> = new Set([
  'Shift_L', 'Shift_R', 'Control_L', 'Control_R', 'Alt_L', 'Alt_R', 'Super_L', 'Super_R', 'Menu', 'Fn', 'ISO_Level3_Shift',
  'Caps_Lock', 'Num_Lock', 'Scroll_Lock', 'Escape', 'Return', 'Tab', 'BackSpace', 'Delete', 'Insert', 'Print', 'Pause',
  'Home', 'End', 'Prior', 'Next', 'Up', 'Down', 'Left', 'Right', 'space', 'KP_Enter',
  ...Array.from({ length: 24 }, (_, i) => `F${i + 1}`),
]);

/** Stands for all writing keys of the numeric keypad: the one that the hand rests on. */
const KEYPAD = 'KP_5';
/** Stands for every key that no finger is known for. */
const OTHER = 'keycode_0';

export function maskKey(key: string): string {
  if (SILENT_KEYS.has(key)) return key;
  return homeKeyOf(key) ?? (key.startsWith('KP_') ? KEYPAD : OTHER);
}

export const maskEvent = (event: InputEvent): InputEvent =>
  event.type === 'keystroke' ? { ...event, key: maskKey(event.key) } : event;
