// Which finger a touch typist uses. In: a key name of the event format. Out: one of nine fingers, or null for a key that
// has no usual finger. Columns of the US layout; the other layouts differ in characters, hardly in columns.

export interface Finger {
  readonly name: string;
  /** Where the finger rests; stands for all its keys where a recording must not tell which key was pressed. */
  readonly homeKey: string;
  /** Printable keys, unshifted and shifted. */
  readonly keys: string;
}

/** The position in this list is the finger's number. Both thumbs count as one: only `space` is theirs. */
export const FINGERS = [
  { name: 'left little finger', homeKey: 'a', keys: '`1qaz~!' },
  { name: 'left ring finger', homeKey: 's', keys: '2wsx@' },
  { name: 'left middle finger', homeKey: 'd', keys: '3edc#' },
  { name: 'left index finger', homeKey: 'f', keys: '45rtfgvb$%' },
  { name: 'right index finger', homeKey: 'j', keys: '67yuhjnm^&' },
  { name: 'right middle finger', homeKey: 'k', keys: '8ik,*<' },
  { name: 'right ring finger', homeKey: 'l', keys: '9ol.(>' },
  { name: 'right little finger', homeKey: ';', keys: '0p;/-=[]\'\\):?_+{}"|' },
  { name: 'thumb', homeKey: 'space', keys: '' },
] as const satisfies readonly Finger[];

export const THUMB = 8;

/** The number of the finger in {@link FINGERS} of every key that has one. */
export const fingerByKey: ReadonlyMap<string, number> = new Map([
  ...FINGERS.flatMap(({ keys }, number) =>
    [...keys].flatMap((key) => [[key, number] as const, [key.toUpperCase(), number] as const]),
  ),
  ['space', THUMB],
]);

/** The number of the finger in {@link FINGERS}. */
export const fingerOf = (key: string): number | null => fingerByKey.get(key) ?? null;

/** The key on which the finger of this key rests; null where the key has no usual finger. */
export function homeKeyOf(key: string): string | null {
  const finger = fingerOf(key);
  return finger === null ? null : (FINGERS[finger]?.homeKey ?? null);
}
