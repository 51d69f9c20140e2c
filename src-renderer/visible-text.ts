// Text that somebody else has chosen, a line of a log or a name in it, in; the same in pieces out, with what would not be seen named. So an
// attacker can neither hide a part of it nor turn its direction round.

export interface TextPiece {
  readonly text: string;
  /** What stands in the place of this; null where it is shown as it is. */
  readonly mark: string | null;
}

/** Controls, the marks of direction and joining, line separators, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const UNSEEN_RUN = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+)/u;

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** `\t`, `\x1b`, `\u{202e}`. */
function markOf(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

export const visiblePieces = (text: string): readonly TextPiece[] =>
  text
    .split(UNSEEN_RUN)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, mark: UNSEEN.test(piece) ? [...piece].map(markOf).join('') : null }));

/** For places that hold plain text alone. */
export const visibleText = (text: string): string =>
  visiblePieces(text)
    .map(({ text: plain, mark }) => mark ?? plain)
    .join('');
