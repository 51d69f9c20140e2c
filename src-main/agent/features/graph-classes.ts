// Which keys behave alike. In: key names of the event format. Out: the class of a key and that of a pair of keys: what is assumed
// of a key or a pair about which nothing else is known. Classes chosen on the development recordings by cross-validation.
import { fingerByKey, THUMB } from './fingers.ts';

/** Classes of a key: 0 to 8 are the numbers of the fingers of a touch typist (`FINGERS`, the thumb is 8). */
export const KEY_CLASS = { thumb: THUMB, shiftLeft: 9, shiftRight: 10, enter: 11, correction: 12, other: 13 } as const;
export const KEY_CLASSES = 14;

/** Classes of a pair of keys. `to` and `from` name the key that is not a letter, a digit or a sign. */
export const PAIR_CLASS = {
  ...{ hands: 0, sameHand: 1, sameFinger: 2, sameKey: 3 },
  ...{ toSpace: 4, fromSpace: 5, toCorrection: 6, fromCorrection: 7, corrections: 8 },
  ...{ toModifier: 9, fromModifier: 10, spaces: 11, enter: 12, other: 13 },
} as const;
export const PAIR_CLASSES = 14;

const FIRST_RIGHT_FINGER = 4;

const KEYS_BY_CLASS: readonly (readonly [number, string])[] = [
  [KEY_CLASS.shiftLeft, 'Shift_L Tab Caps_Lock Control_L'],
  [KEY_CLASS.shiftRight, 'Shift_R Control_R'],
  [KEY_CLASS.enter, 'Return'],
  [KEY_CLASS.correction, 'BackSpace'],
];
const classByKey: ReadonlyMap<string, number> = new Map([
  ...fingerByKey,
  ...KEYS_BY_CLASS.flatMap(([number, keys]) => keys.split(' ').map((key) => [key, number] as const)),
]);

/** 0 to 13. */
export const keyClassOf = (key: string): number => classByKey.get(key) ?? KEY_CLASS.other;

/** 0 to 13, for two keys that were pressed one directly after the other. */
export function pairClassOf(first: string, second: string): number {
  const a = keyClassOf(first);
  const b = keyClassOf(second);
  if (a === KEY_CLASS.enter || b === KEY_CLASS.enter) return PAIR_CLASS.enter;
  if (a === THUMB && b === THUMB) return PAIR_CLASS.spaces;
  if (isModifier(a) !== isModifier(b)) return isModifier(b) ? PAIR_CLASS.toModifier : PAIR_CLASS.fromModifier;
  if (a === KEY_CLASS.correction) return b === a ? PAIR_CLASS.corrections : PAIR_CLASS.fromCorrection;
  if (b === KEY_CLASS.correction) return PAIR_CLASS.toCorrection;
  if (a < THUMB && b < THUMB) return fingersClass(a, b, first === second);
  if (a < THUMB && b === THUMB) return PAIR_CLASS.toSpace;
  if (a === THUMB && b < THUMB) return PAIR_CLASS.fromSpace;
  return PAIR_CLASS.other;
}

const isModifier = (keyClass: number): boolean => keyClass === KEY_CLASS.shiftLeft || keyClass === KEY_CLASS.shiftRight;

function fingersClass(a: number, b: number, sameKey: boolean): number {
  if (sameKey) return PAIR_CLASS.sameKey;
  if (a === b) return PAIR_CLASS.sameFinger;
  return a < FIRST_RIGHT_FINGER === b < FIRST_RIGHT_FINGER ? PAIR_CLASS.sameHand : PAIR_CLASS.hands;
}
