// What is known of how people write where no recordings of free text are at hand: for each linguistic feature, on its scale (`log`:
// ln(1 + x)), the mean of people and how far one person differs from the next and one stretch of 60 words from another of the same
// person. Where a published table gives a number it is named; the others are judgements, kept wide, for they must cover letters and
// chats, several languages and keyboards.
import type { FeaturePrior } from '../agent/learn/naive-bayes.ts';

export interface Known extends FeaturePrior {
  readonly from: string;
}

/** What chance alone does to a stretch is a lower bound: topics and occasions add to it. */
const MORE_THAN_CHANCE = 'within: what chance makes of 60 such words, and a third more';
const JUDGED = 'judged';

/** What is not here, habits of correcting, recordings tell whatever text was typed. */
export const LITERATURE: Readonly<Record<string, Known>> = {
  'word.mean': {
    ...{ mean: 4.6, between: 0.6, within: 0.45 },
    from: `mean near the 4.79 letters of English books (Norvig 2013); between judged; ${MORE_THAN_CHANCE}`,
  },
  'word.sd': {
    ...{ mean: 2.6, between: 0.4, within: 0.4 },
    from: 'mean near the 2.67 letters of English books (Norvig 2013); between and within judged',
  },
  'word.short': {
    ...{ mean: 0.42, between: 0.07, within: 0.083 },
    from: `mean near the 41 % of English books (Norvig 2013); between judged; ${MORE_THAN_CHANCE}`,
  },
  'sentence.mean': {
    ...{ mean: Math.log1p(12), between: 0.5, within: 0.4 },
    from: 'below the 22 words of texts (LIWC 2007, table 4), for lines of a chat end sentences as well; between and within judged',
  },
  'sentence.capital': { mean: 0.75, between: 0.35, within: 0.3, from: JUDGED },
  'mark.rate': { mean: Math.log1p(15), between: 0.6, within: 0.45, from: JUDGED },
  'capital.rate': { mean: Math.log1p(11), between: 0.8, within: 0.6, from: JUDGED },
  'digit.rate': { mean: Math.log1p(2.5), between: 0.8, within: 1, from: JUDGED },
  'line.rate': { mean: Math.log1p(6), between: 0.8, within: 0.7, from: JUDGED },
  'word.variety': { mean: 0.91, between: 0.02, within: 0.04, from: JUDGED },
};

export const LITERATURE_SOURCES = [
  {
    name: 'word lengths in English books',
    citation: 'P. Norvig, English Letter Frequency Counts: Mayzner Revisited, 2013, norvig.com/mayzner.html',
    licence: 'three published figures',
  },
  {
    name: 'words a sentence in texts of several kinds',
    citation: 'J. Pennebaker et al., The Development and Psychometric Properties of LIWC2007, 2007, table 4',
    licence: 'one published figure',
  },
] as const;
