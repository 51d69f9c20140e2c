// What a key does to a text. In: a key name of the event format, whether Shift holds. Out: a character to be written, or what else
// happens. Names are those of positions on a US keyboard, so on another layout some marks and letters change places: for somebody
// who keeps to one layout that is always the same.

/** A character as it is written: its code point, and what it is, in one number, so that no text ever becomes a string. */
export type Written = number;

export const LETTER = 1 << 24;
export const CAPITAL = 1 << 25;
export const DIGIT = 1 << 26;
/** Everything else that is printed. */
export const MARK = 1 << 27;
/** A mark that ends a sentence. */
export const STOP = 1 << 28;
export const SPACE = 1 << 29;
export const LINE = 1 << 30;
const CODE_POINT = 0x1f_ffff;
/** A character that nobody can know: AltGr with any key. */
const UNKNOWN_MARK: Written = MARK;

/** The same for a capital and its small letter. */
export const codePointOf = (written: Written): number => written & CODE_POINT;

/**
 * writes: one character. erases: the one before the caret. shift, caps: change case. level: the next key writes something else. command:
 * the next key is a shortcut. nothing: the text stays as it is. unknown: it may be anywhere now.
 */
export type TextKey =
  | { readonly does: 'writes'; readonly plain: Written; readonly shifted: Written; readonly level: Written }
  | { readonly does: 'erases' | 'shift' | 'caps' | 'level' | 'command' | 'nothing' | 'unknown' };

/** What Shift makes of the keys that are no letters, on a US keyboard. */
const PLAIN = "`1234567890-=[]\\;',./";
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';
const STOPS = '.!?';

const named = (does: Exclude<TextKey['does'], 'writes'>, names: string) =>
  names.split(' ').map((name) => [name, { does }] as const);
const always = (written: Written): TextKey => ({ does: 'writes', plain: written, shifted: written, level: written });

const known = new Map<string, TextKey>([
  ...named('erases', 'BackSpace'),
  ...named('shift', 'Shift_L Shift_R'),
  ...named('caps', 'Caps_Lock Shift_Lock'),
  // The position of AltGr bears the name of the right Alt: where it is one, its combinations are few.
  ...named('level', 'Alt_R ISO_Level3_Shift ISO_Level5_Shift Mode_switch'),
  ...named('command', 'Control_L Control_R Alt_L Super_L Super_R Meta_L Meta_R Hyper_L Hyper_R'),
  ...named('nothing', 'Num_Lock Scroll_Lock Multi_key'),
  ['space', always(SPACE | 0x20)],
  ['Return', always(LINE | 0x0a)],
  ['KP_Enter', always(LINE | 0x0a)],
  ...[...'0123456789'].map((digit) => [`KP_${digit}`, always(writtenOf(digit))] as const),
  ...['KP_Multiply', 'KP_Add', 'KP_Subtract', 'KP_Divide', 'KP_Decimal', 'KP_Separator', 'KP_Equal'].map(
    (name) => [name, always(UNKNOWN_MARK)] as const,
  ),
]);

/** Arrows, Tab, Escape, Delete, F1 and whatever has no meaning for a text leave the caret nobody knows where. */
const UNKNOWN: TextKey = { does: 'unknown' };
/** Keys from outside may have any name: so many are remembered. */
const MOST_REMEMBERED = 1000;

export function textKeyOf(name: string): TextKey {
  const before = known.get(name);
  if (before !== undefined) return before;
  const key = meaningOf(name);
  if (known.size < MOST_REMEMBERED) known.set(name, key);
  return key;
}

function meaningOf(name: string): TextKey {
  // The accent that waits for its letter; the letter is written with or without it.
  if (name.startsWith('dead_')) return { does: 'nothing' };
  const [character, ...more] = name;
  if (character === undefined || more.length > 0) return UNKNOWN;
  const mark = PLAIN.indexOf(character);
  const shifted = mark >= 0 ? (SHIFTED[mark] ?? character) : character.toUpperCase();
  return { does: 'writes', plain: writtenOf(character), shifted: writtenOf(shifted), level: UNKNOWN_MARK };
}

function writtenOf(text: string): Written {
  const small = text.toLowerCase();
  const capital = text.toUpperCase();
  if (small !== capital || /^\p{L}/u.test(text))
    return (small.codePointAt(0) ?? 0) | LETTER | (text === small ? 0 : CAPITAL);
  const code = text.codePointAt(0) ?? 0;
  if (/^\p{Nd}/u.test(text)) return code | DIGIT;
  if (/^\s/u.test(text)) return code | SPACE;
  return code | MARK | (STOPS.includes(text) ? STOP : 0);
}
