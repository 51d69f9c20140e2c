// Enters: key codes of uiohook (libuiohook's virtual codes, uiohook.h). Leaves: the names of the recording format.
// A printable key is the lower-case character at its position on a US keyboard, whatever layout is in use: the position
// decides which finger presses it. All other keys have the names of X11 keysyms.

/** Runs of neighbouring codes: the character at index i belongs to code `first + i`. */
const RUNS: readonly (readonly [first: number, characters: string])[] = [
  [0x02, '1234567890-='],
  [0x10, 'qwertyuiop[]'],
  [0x1e, "asdfghjkl;'`"],
  [0x2b, '\\zxcvbnm,./'],
];

// prettier-ignore
const NAMED: Readonly<Record<number, string>> = {
  0x01: 'Escape', 0x0e: 'BackSpace', 0x0f: 'Tab', 0x1c: 'Return', 0x39: 'space', 0x3a: 'Caps_Lock',
  0x2a: 'Shift_L', 0x36: 'Shift_R', 0x1d: 'Control_L', 0x0e1d: 'Control_R', 0x38: 'Alt_L', 0x0e38: 'Alt_R',
  0x0e5b: 'Super_L', 0x0e5c: 'Super_R', 0x0e5d: 'Menu',
  0x45: 'Num_Lock', 0x46: 'Scroll_Lock', 0x0e37: 'Print', 0x0e45: 'Pause', 0x0e46: 'less',
  0x0e52: 'Insert', 0x0e53: 'Delete', 0x0e47: 'Home', 0x0e4f: 'End', 0x0e49: 'Prior', 0x0e51: 'Next',
  0xe048: 'Up', 0xe04b: 'Left', 0xe04d: 'Right', 0xe050: 'Down', 0xe04c: 'Clear',
  0x3b: 'F1', 0x3c: 'F2', 0x3d: 'F3', 0x3e: 'F4', 0x3f: 'F5', 0x40: 'F6', 0x41: 'F7', 0x42: 'F8', 0x43: 'F9', 0x44: 'F10',
  0x57: 'F11', 0x58: 'F12', 0x5b: 'F13', 0x5c: 'F14', 0x5d: 'F15', 0x63: 'F16', 0x64: 'F17', 0x65: 'F18', 0x66: 'F19',
  0x67: 'F20', 0x68: 'F21', 0x69: 'F22', 0x6a: 'F23', 0x6b: 'F24',
  // Numeric keypad, with and without Num Lock.
  0x52: 'KP_0', 0x4f: 'KP_1', 0x50: 'KP_2', 0x51: 'KP_3', 0x4b: 'KP_4', 0x4c: 'KP_5', 0x4d: 'KP_6', 0x47: 'KP_7',
  0x48: 'KP_8', 0x49: 'KP_9', 0x37: 'KP_Multiply', 0x4e: 'KP_Add', 0x4a: 'KP_Subtract', 0x53: 'KP_Decimal',
  0x0e35: 'KP_Divide', 0x0e1c: 'KP_Enter', 0x0e0d: 'KP_Equal', 0x7e: 'KP_Separator',
  0xee52: 'KP_Insert', 0xee4f: 'KP_End', 0xee50: 'KP_Down', 0xee51: 'KP_Next', 0xee4b: 'KP_Left', 0xee4c: 'KP_Begin',
  0xee4d: 'KP_Right', 0xee47: 'KP_Home', 0xee48: 'KP_Up', 0xee49: 'KP_Prior', 0xee53: 'KP_Delete',
};

const NAMES: ReadonlyMap<number, string> = new Map([
  ...RUNS.flatMap(([first, characters]) => [...characters].map((character, i) => [first + i, character] as const)),
  ...Object.entries(NAMED).map(([code, name]) => [Number(code), name] as const),
]);

/** `a`, `5`, `'`, `Shift_L`, `space`; `keycode_N` for a key without a name. Codes are unsigned 16-bit numbers. */
export function keyName(code: number): string {
  return NAMES.get(code) ?? `keycode_${code}`;
}
