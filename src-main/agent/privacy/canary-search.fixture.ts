// For tests. What enters: words that were typed or shown, and bytes that were written. What leaves: the words found among them, in whatever
// form a program might have written them without meaning to.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export interface Written {
  /** Where it was written: a path, `stdout`, `the answer of /trust`. */
  readonly where: string;
  readonly bytes: Buffer;
}

export interface Trace {
  readonly where: string;
  readonly word: string;
  readonly form: string;
}

/** Linux key codes of the letters (input-event-codes.h); an X server's are 8 more, and its key symbols are the letters themselves. */
const CODES: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['qwertyuiop', 16],
    ['asdfghjkl', 30],
    ['zxcvbnm', 44],
  ].flatMap(([row, first]) => [...String(row)].map((letter, i) => [letter, Number(first) + i])),
);

/** Each number in so many bytes, little-endian, and so many bytes from one to the next. */
function spaced(numbers: readonly number[], bytes: 1 | 2 | 4): Buffer {
  const buffer = Buffer.alloc(numbers.length * bytes);
  for (const [i, number] of numbers.entries()) buffer.writeUIntLE(number, i * bytes, bytes);
  return buffer;
}

interface Form {
  readonly form: string;
  readonly bytes: Buffer;
  /** Compared without regard to case. */
  readonly anyCase: boolean;
}

/** Of a word in small letters. */
function formsOf(word: string): readonly Form[] {
  const letters = [...word];
  const codes = letters.map((letter) => CODES[letter] ?? 0);
  const text = (form: string, written: string): Form => ({ form, bytes: Buffer.from(written), anyCase: true });
  const exact = (form: string, bytes: Buffer): Form => ({ form, bytes, anyCase: false });
  return [
    text('UTF-8', word),
    { form: 'UTF-16', bytes: Buffer.from(word, 'utf16le'), anyCase: true },
    exact('key symbols', spaced([...Buffer.from(word)], 4)),
    ...[codes, codes.map((code) => code + 8)].flatMap((some) => [
      exact('key codes, a byte each', spaced(some, 1)),
      exact('key codes, two bytes each', spaced(some, 2)),
      exact('key codes, four bytes each', spaced(some, 4)),
      text('key codes as a list', some.join(',')),
    ]),
    text('keys as a list', letters.join(',')),
    text('keys as JSON', letters.map((letter) => `"${letter}"`).join(',')),
    text('keys apart', letters.join(' ')),
    text('hexadecimal', Buffer.from(word).toString('hex')),
    ...[word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`].flatMap((one) =>
      // What stands before it shifts the digits; those at the ends belong to the neighbours too.
      [0, 1, 2].map((shift) =>
        exact(
          'base64',
          Buffer.from(
            Buffer.from(' '.repeat(shift) + one)
              .toString('base64')
              .slice(shift === 0 ? 0 : shift + 1, -4),
          ),
        ),
      ),
    ),
  ];
}

const CAPITAL_A = 65;
const CAPITAL_Z = 90;

function inSmallLetters(bytes: Buffer): Buffer {
  const small = Buffer.from(bytes);
  for (let i = 0; i < small.length; i++) {
    const byte = small[i] as number;
    if (byte >= CAPITAL_A && byte <= CAPITAL_Z) small[i] = byte + 32;
  }
  return small;
}

/** @param words in small letters, of seven letters or more: shorter ones stand in places by chance. */
export function canariesIn(words: readonly string[], written: readonly Written[]): readonly Trace[] {
  const forms = words.map((word) => [word, formsOf(word)] as const);
  return written.flatMap(({ where, bytes }) => {
    const small = inSmallLetters(bytes);
    return forms.flatMap(([word, some]) =>
      some
        .filter((one) => (one.anyCase ? small : bytes).includes(one.bytes))
        .map(({ form }) => ({ where, word, form })),
    );
  });
}

/** Every file of a folder, all levels. */
export function filesIn(folder: string): readonly Written[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((where) => ({ where, bytes: readFileSync(where) }));
}

const BASE64 = /"([A-Za-z0-9+/]{24,}={0,2})"/g;

/** What lies packed in a text: everything that is written in base64, as it is and unpacked. */
export function unpackedOf({ where, bytes }: Written): readonly Written[] {
  const found = [...bytes.toString('latin1').matchAll(BASE64)].map(([, text]) => Buffer.from(text ?? '', 'base64'));
  return found.flatMap((one, i) =>
    [one, ...inflated(one)].map((plain) => ({ where: `${where}, part ${i}`, bytes: plain })),
  );
}

function inflated(bytes: Buffer): readonly Buffer[] {
  return [inflateSync, inflateRawSync, zstdDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      // Not packed that way.
      return [];
    }
  });
}
