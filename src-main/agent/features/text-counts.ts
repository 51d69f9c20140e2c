// Written characters enter, in order and final. Leave: counts, from which the linguistic features are made. Of the text nothing stays
// but these numbers, and while words follow each other the fingerprints of the last of them, to see which come again.
import { CAPITAL, codePointOf, DIGIT, LETTER, LINE, MARK, SPACE, STOP, type Written } from './text-keys.ts';

export interface TextCounts {
  words: number;
  /** Sum and sum of squares of their lengths in characters. */
  letters: number;
  squares: number;
  /** Words of one to three characters. */
  short: number;
  /** Sentences of which both ends were seen, the words in them, and those of them that began with a capital. */
  sentences: number;
  sentenceWords: number;
  capitalSentences: number;
  marks: number;
  capitals: number;
  digits: number;
  lines: number;
  /** How many words in a row were looked at together, {@link VARIETY_WORDS} each, and how many different ones they held in all. */
  rows: number;
  different: number;
  /** How often a correction began, and the characters that were erased. */
  corrections: number;
  erased: number;
}

/** Length of the moving window of the type-token ratio, in words: Covington & McFall, J. Quantitative Linguistics 17, 2010. */
export const VARIETY_WORDS = 20;
/** Function words are short in every language that is written with letters: the, und, de, que. */
const SHORT = 3;
/** Longer ones are addresses, passwords or a hand that rests on a key. */
const LONGEST = 20;

export interface TextCounter {
  readonly words: () => number;
  /** What was counted; from here on it is counted anew, in the same sentence. */
  readonly take: () => TextCounts;
  readonly write: (written: Written) => void;
  /** What was erased, however much, and whether it is a correction of its own. */
  readonly erase: (characters: number, begins: boolean) => void;
  /** Nobody knows what stands before the caret: the word and the sentence under way are left out, and the rest of them. */
  readonly cut: () => void;
  /** The last words are forgotten, though what comes next may go on with their sentence. */
  readonly pause: () => void;
}

const emptyCounts = (): TextCounts => ({
  ...{ words: 0, letters: 0, squares: 0, short: 0, sentences: 0, sentenceWords: 0, capitalSentences: 0 },
  ...{ marks: 0, capitals: 0, digits: 0, lines: 0, rows: 0, different: 0, corrections: 0, erased: 0 },
});

const PRINT_OF_NOTHING = 0x811c_9dc5 | 0;

/** A run of characters between two separators. */
interface Token {
  length: number;
  letters: number;
  capitals: number;
  digits: number;
  marks: number;
  /** Marks at its end, which belong to the sentence and not to the word. */
  trailing: number;
  /** Characters up to the last letter or digit, without leading marks. */
  core: number;
  stops: boolean;
  startsCapital: boolean;
  print: number;
}

export function textCounter(): TextCounter {
  let counts = emptyCounts();
  const recent = new Int32Array(VARIETY_WORDS);
  let inRow = 0;
  let token = newToken();
  /** Whether the word and the sentence under way were seen from their beginning. */
  let [wordKnown, sentenceKnown] = [false, false];
  let [sentenceWords, sentenceCapital] = [0, false];

  const forgetWords = (): void => {
    recent.fill(0);
    inRow = 0;
    token = newToken();
  };

  const endSentence = (): void => {
    if (sentenceKnown && sentenceWords > 0) {
      counts.sentences += 1;
      counts.sentenceWords += sentenceWords;
      if (sentenceCapital) counts.capitalSentences += 1;
    }
    [sentenceKnown, sentenceWords, sentenceCapital] = [true, 0, false];
  };

  const endToken = (): void => {
    if (token.length === 0) return;
    if (wordKnown) {
      counts.marks += token.marks;
      counts.digits += token.digits;
      counts.capitals += token.capitals;
      if (token.letters > 0) addWord();
    }
    const stops = token.stops && token.trailing > 0;
    token = newToken();
    if (stops) endSentence();
  };

  const addWord = (): void => {
    const length = Math.min(LONGEST, token.core);
    counts.words += 1;
    counts.letters += length;
    counts.squares += length * length;
    if (length <= SHORT) counts.short += 1;
    if (sentenceWords === 0) sentenceCapital = token.startsCapital;
    sentenceWords += 1;
    recent.copyWithin(0, 1);
    recent[VARIETY_WORDS - 1] = token.print;
    inRow += 1;
    if (inRow < VARIETY_WORDS) return;
    counts.rows += 1;
    counts.different += new Set(recent).size;
  };

  const separate = (written: Written): void => {
    endToken();
    wordKnown = true;
    if ((written & LINE) === 0) return;
    counts.lines += 1;
    endSentence();
  };

  return {
    words: () => counts.words,
    take: () => {
      const taken = counts;
      counts = emptyCounts();
      return taken;
    },
    write: (written) => ((written & (SPACE | LINE)) === 0 ? extend(token, written) : separate(written)),
    erase: (characters, begins) => {
      counts.erased += characters;
      if (begins) counts.corrections += 1;
    },
    cut: () => {
      forgetWords();
      [wordKnown, sentenceKnown, sentenceWords] = [false, false, 0];
    },
    pause: forgetWords,
  };
}

const newToken = (): Token => ({
  ...{ length: 0, letters: 0, capitals: 0, digits: 0, marks: 0, trailing: 0, core: 0 },
  ...{ stops: false, startsCapital: false, print: PRINT_OF_NOTHING },
});

function extend(token: Token, written: Written): void {
  token.length += 1;
  if ((written & MARK) !== 0) {
    token.marks += 1;
    token.trailing += 1;
    token.stops ||= (written & STOP) !== 0;
    return;
  }
  // What stood between letters belongs to the word: it's, 3.5, example.org.
  token.core = token.core === 0 ? 1 : token.core + token.trailing + 1;
  [token.trailing, token.stops] = [0, false];
  // FNV-1a, which is in the public domain: two different words share a print once in four thousand million pairs.
  token.print = Math.imul(token.print ^ codePointOf(written), 0x0100_0193);
  if ((written & DIGIT) !== 0) token.digits += 1;
  if ((written & LETTER) === 0) return;
  const capital = (written & CAPITAL) !== 0;
  if (token.letters === 0) token.startsCapital = capital;
  token.letters += 1;
  if (capital) token.capitals += 1;
}
