// For tests: somebody with habits of writing in, a text without sense but with those habits out.
import type { Random } from './random.ts';

export interface Habits {
  /** Characters, at least 2. */
  readonly wordLength: number;
  readonly sentenceWords: number;
  /** Chances: a capital at the start of a sentence, a comma after a word, a number instead of a word, a new line after a sentence. */
  readonly capital: number;
  readonly comma: number;
  readonly number: number;
  readonly line: number;
  /** Words that are used at all. */
  readonly vocabulary: number;
  /** Characters that are erased and written again in every tenth word, on average. */
  readonly erased: number;
}

export const USUAL: Habits = {
  ...{ wordLength: 4.5, sentenceWords: 12, capital: 0.9, comma: 0.08, number: 0.03, line: 0.3 },
  ...{ vocabulary: 200, erased: 2 },
};

/** @returns at least so many words, in whole sentences */
export function writeText(habits: Habits, words: number, random: Random): string {
  let text = '';
  for (let written = 0; written < words;) {
    const count = Math.max(1, Math.round(habits.sentenceWords * (0.6 + 0.8 * random.uniform())));
    const sentence = Array.from({ length: count }, () => wordOf(habits, random));
    const first = sentence[0] ?? '';
    sentence[0] = random.uniform() < habits.capital ? first.charAt(0).toUpperCase() + first.slice(1) : first;
    text += `${sentence.join(' ')}.${random.uniform() < habits.line ? '\n' : ' '}`;
    written += count;
  }
  return text;
}

function wordOf(habits: Habits, random: Random): string {
  if (random.uniform() < habits.number) return String(10 + random.int(90));
  const word = vocabularyWord(random.int(habits.vocabulary), habits.wordLength);
  const slip = random.uniform() < 0.1 ? 'x'.repeat(habits.erased) + '⌫'.repeat(habits.erased) : '';
  return `${slip}${word}${random.uniform() < habits.comma ? ',' : ''}`;
}

/** Lengths from half to one and a half times the mean. */
function vocabularyWord(index: number, mean: number): string {
  const length = Math.max(1, Math.round(mean * (0.5 + ((index * 7) % 11) / 10)));
  return Array.from({ length }, (_, i) => String.fromCharCode(97 + ((index * (i + 3) + 5 * i) % 26))).join('');
}
