// What the features need to know about a key. In: a key name of the event format. Out: its role, finger and letter number.
import { FINGERS, fingerOf } from './fingers.ts';

/** `text` is every key that is neither a modifier nor the correction key: letters, digits, Return, arrows, ... */
export const ROLE = { text: 0, correction: 1, shift: 2, modifier: 3 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

export const NONE = 255;

export interface KeyClass {
  readonly role: Role;
  /** Number in {@link FINGERS}; {@link NONE} for keys without a usual finger. */
  readonly finger: number;
  /** 0 for a to 25 for z; {@link NONE} for everything else. */
  readonly letter: number;
}

const SHIFTS = ['Shift_L', 'Shift_R'];
const MODIFIERS = [
  'Control_L Control_R Alt_L Alt_R Super_L Super_R Meta_L Meta_R Hyper_L Hyper_R',
  'ISO_Level3_Shift ISO_Level5_Shift Mode_switch Caps_Lock Num_Lock Scroll_Lock Fn',
].flatMap((line) => line.split(' '));

const UNKNOWN: KeyClass = { role: ROLE.text, finger: NONE, letter: NONE };
const classes = new Map<string, KeyClass>();

for (const key of [...FINGERS.flatMap((finger) => [...finger.keys, ...finger.keys.toUpperCase()]), 'space']) {
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : NONE;
  classes.set(key, { role: ROLE.text, finger: fingerOf(key) ?? NONE, letter });
}
classes.set('BackSpace', { ...UNKNOWN, role: ROLE.correction });
for (const key of SHIFTS) classes.set(key, { ...UNKNOWN, role: ROLE.shift });
for (const key of MODIFIERS) classes.set(key, { ...UNKNOWN, role: ROLE.modifier });

export const classOf = (key: string): KeyClass => classes.get(key) ?? UNKNOWN;
