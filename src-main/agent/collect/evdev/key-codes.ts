// Key codes of the kernel (linux/input-event-codes.h) in; the names of the recording format out.
// A code is a place on the keyboard, whatever is printed there and whatever layout is in use, and so is the name: the character that a
// US keyboard has there, as the input hook under X has it too. So fingers, pairs of keys and models are the same for both drivers.
import { keyName } from '../key-names.ts';

/** Up to here the codes are those of the first PC keyboards, as uiohook has them too. */
const LAST_OLD_CODE = 83;

// prettier-ignore
const NEWER: Readonly<Record<number, string>> = {
  86: 'less', 87: 'F11', 88: 'F12', 96: 'KP_Enter', 97: 'Control_R', 98: 'KP_Divide', 99: 'Print', 100: 'Alt_R',
  102: 'Home', 103: 'Up', 104: 'Prior', 105: 'Left', 106: 'Right', 107: 'End', 108: 'Down', 109: 'Next',
  110: 'Insert', 111: 'Delete', 117: 'KP_Equal', 119: 'Pause', 121: 'KP_Separator', 125: 'Super_L', 126: 'Super_R', 127: 'Menu',
  183: 'F13', 184: 'F14', 185: 'F15', 186: 'F16', 187: 'F17', 188: 'F18', 189: 'F19', 190: 'F20', 191: 'F21', 192: 'F22',
  193: 'F23', 194: 'F24', 0x1d0: 'Fn',
};

/** Codes from here to the second are buttons of mice, joysticks and pens (`BTN_MISC` to `BTN_GEAR_UP`), not keys. */
const [FIRST_BUTTON, AFTER_BUTTONS] = [0x100, 0x160];

export const isKey = (code: number): boolean => code > 0 && (code < FIRST_BUTTON || code >= AFTER_BUTTONS);

/** `a`, `5`, `Shift_L`, `space`; `keycode_N` for a key without a name. */
export const evdevKeyName = (code: number): string =>
  code <= LAST_OLD_CODE ? keyName(code) : (NEWER[code] ?? `keycode_${code}`);

/** `BTN_LEFT`, `BTN_RIGHT`, `BTN_MIDDLE`. */
export const BUTTON_NAMES: Readonly<Record<number, 'Left' | 'Right' | 'Middle'>> = {
  0x110: 'Left',
  0x111: 'Right',
  0x112: 'Middle',
};
