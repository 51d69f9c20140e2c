// How somebody writes, as 12 numbers. In: counts over a stretch of text. Out: values in the order of the table, NaN for what the
// stretch can not give. Nothing here depends on which words were written.
import { feature, type Feature } from './feature-table.ts';
import { VARIETY_WORDS, type TextCounts } from './text-counts.ts';

/** Table and version: models and priors of another are refused. */
export const LINGUISTIC_TABLE = 'linguistic-12/1';
/** Words of a stretch. Fewer say too little of anybody, more come too late; a judgement, for no recordings of free text are at hand. */
export const STRETCH_WORDS = 60;

const HUNDRED = '/100 words';

export const LINGUISTIC_FEATURES: readonly Feature[] = [
  feature(
    'word.mean',
    'characters',
    'linear',
    'length of words',
    'mean length of words, from the first to the last letter or digit, at most 20',
  ),
  feature('word.sd', 'characters', 'linear', 'variation of word lengths', 'standard deviation (n) of the same'),
  feature(
    'word.short',
    'share',
    'linear',
    'share of short words',
    'share of words of one to three characters; stands for function words, which are short in every language with letters',
  ),
  feature(
    'sentence.mean',
    'words',
    'log',
    'length of sentences',
    'mean words of sentences seen from end to end; a sentence ends at . ! ? before a space, or at a line break',
  ),
  feature(
    'sentence.capital',
    'share',
    'linear',
    'capitals at the start of sentences',
    'share of the same sentences whose first word begins with a capital',
  ),
  feature('mark.rate', HUNDRED, 'log', 'punctuation', 'printed characters that are neither letter nor digit'),
  feature('capital.rate', HUNDRED, 'log', 'capitals', 'capital letters, by Shift or Caps Lock'),
  feature('digit.rate', HUNDRED, 'log', 'digits', 'digits'),
  feature('line.rate', HUNDRED, 'log', 'line breaks', 'presses of Return'),
  feature(
    'word.variety',
    'share',
    'linear',
    'variety of words',
    `different words among ${VARIETY_WORDS} in a row, mean over all such rows (moving-average type-token ratio), which does not depend on length`,
  ),
  feature('correction.rate', HUNDRED, 'log', 'how often something is corrected', 'runs of BackSpace'),
  feature('correction.length', 'characters', 'log', 'length of corrections', 'characters erased for each of them'),
];

/**
 * 1 for the features that the score counts. How often somebody corrects is part of the score of typing, from the same keys: it is
 * measured and kept here, and left out of this score.
 */
export const COUNTED: readonly (0 | 1)[] = LINGUISTIC_FEATURES.map(({ name }) => (name === 'correction.rate' ? 0 : 1));

/** @returns 12 values in the units of the table */
export function linguisticValues(counts: TextCounts): Float64Array {
  const { words, letters, squares, sentences, rows, corrections } = counts;
  const mean = letters / words;
  const perHundred = (count: number): number => (100 * count) / words;
  return Float64Array.of(
    mean,
    Math.sqrt(Math.max(0, squares / words - mean * mean)),
    counts.short / words,
    counts.sentenceWords / sentences,
    counts.capitalSentences / sentences,
    perHundred(counts.marks),
    perHundred(counts.capitals),
    perHundred(counts.digits),
    perHundred(counts.lines),
    counts.different / (rows * VARIETY_WORDS),
    perHundred(corrections),
    counts.erased / corrections,
  ).map((value) => (Number.isFinite(value) ? value : Number.NaN));
}
