// For tests: a text in, the keys of a US keyboard that write it out, evenly paced, Shift held for what needs it.
import type { KeystrokeEvent } from '../events.ts';

const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';
const PLAIN = "`1234567890-=[]\\;',./";
const STEP_US = 200_000;

/** Key names in the order of their presses; `+Shift_L` and `-Shift_L` are a press or a release alone. */
export type Keys = readonly string[];

/** @param text printable US-ASCII, newlines, and `⌫` for BackSpace */
export const keysOf = (text: string): Keys => [...text].flatMap(keyOf);

function keyOf(character: string): Keys {
  if (character === ' ') return ['space'];
  if (character === '\n') return ['Return'];
  if (character === '⌫') return ['BackSpace'];
  const mark = SHIFTED.indexOf(character);
  const key = mark >= 0 ? (PLAIN[mark] ?? character) : character.toLowerCase();
  return key === character ? [key] : ['+Shift_L', key, '-Shift_L'];
}

/** @param startUs of the first press. */
export function typing(keys: Keys, startUs = 1_700_000_000_000_000, stepUs = STEP_US): KeystrokeEvent[] {
  return keys.flatMap((name, i): KeystrokeEvent[] => {
    const ts = startUs + i * stepUs;
    const [sign, alone] = [name[0], name.length > 1 && /^[+-]/.test(name)];
    const press = { type: 'keystroke', ts, key: alone ? name.slice(1) : name, event: 'press' } as const;
    const release = { ...press, ts: ts + Math.floor(stepUs / 2), event: 'release' } as const;
    if (!alone) return [press, release];
    return sign === '+' ? [press] : [release];
  });
}
