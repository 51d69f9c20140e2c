// A stretch of writing, the owner's usual values and what each feature did to the score in, the three features that did most in plain
// words and units out. What a feature did is told by leaving it out: infer/linguistic-score.ts. Never names a word.
import { VARIETY_WORDS } from '../features/text-counts.ts';

const REASONS = 3;
/** Natural-log units: less moves nothing that anybody would notice. */
const NOTABLE = 0.1;

/** By feature: the value as it reads, what is said of it, and the same of the owner. */
interface Phrase {
  readonly shown: (value: number) => string;
  readonly said: (value: string) => string;
  readonly usual: string;
  /** For likeness: `like yours in length of sentences`. */
  readonly about: string;
}

const one = (value: number): string => value.toFixed(1);
const whole = (value: number): string => value.toFixed(0);
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
const several = (count: string, thing: string): string => `${count} ${thing}${count === '1' ? '' : 's'}`;
const inHundred =
  (thing: string) =>
  (value: string): string =>
    `${several(value, thing)} in 100 words`;

const PHRASES: Readonly<Record<string, Phrase>> = {
  'word.mean': {
    ...{ shown: one, said: (x) => `words of ${x} characters`, usual: 'where yours have' },
    about: 'length of words',
  },
  'word.sd': {
    ...{ shown: one, said: (x) => `word lengths that vary by ${x} characters`, usual: 'where yours vary by' },
    about: 'variation of word lengths',
  },
  'word.short': {
    ...{ shown: percent, said: (x) => `${x} of words short`, usual: 'where yours are' },
    about: 'share of short words',
  },
  'sentence.mean': {
    ...{ shown: whole, said: (x) => `sentences of ${several(x, 'word')}`, usual: 'where yours have' },
    about: 'length of sentences',
  },
  'sentence.capital': {
    ...{ shown: percent, said: (x) => `${x} of sentences with a capital first`, usual: 'where you have' },
    about: 'capitals at the start of sentences',
  },
  'mark.rate': {
    ...{ shown: whole, said: inHundred('punctuation mark'), usual: 'where you set' },
    about: 'punctuation',
  },
  'capital.rate': { shown: whole, said: inHundred('capital'), usual: 'where you write', about: 'capitals' },
  'digit.rate': { shown: whole, said: inHundred('digit'), usual: 'where you write', about: 'digits' },
  'line.rate': { shown: whole, said: inHundred('line break'), usual: 'where you set', about: 'line breaks' },
  'word.variety': {
    shown: (value) => one(VARIETY_WORDS * value),
    said: (x) => `${x} different words among ${VARIETY_WORDS}`,
    ...{ usual: 'where you use', about: 'variety of words' },
  },
  'correction.length': {
    ...{ shown: one, said: (x) => `corrections of ${x} characters`, usual: 'where yours have' },
    about: 'length of corrections',
  },
};

export interface WritingSaid {
  readonly features: readonly { readonly name: string }[];
  /** In the units of the features, NaN where missing. */
  readonly values: ArrayLike<number>;
  /** By how much the log-likelihood ratio would fall without each. */
  readonly contributions: ArrayLike<number>;
  /** Whether the stretch as a whole speaks for the owner. */
  readonly fits: boolean;
}

/** @param usual in the same units; null where the owner never had it. @returns "sentences of 6 words where yours have 14", three at most */
export function writingReasons(
  { features, values, contributions, fits }: WritingSaid,
  usual: readonly (number | null)[],
) {
  const ranked = features
    .flatMap(({ name }, i) => {
      const [value, own, did] = [values[i] ?? Number.NaN, usual[i] ?? null, contributions[i] ?? 0];
      const phrase = PHRASES[name];
      const speaks = fits ? did >= NOTABLE : did <= -NOTABLE;
      return phrase === undefined || own === null || Number.isNaN(value) || !speaks
        ? []
        : [{ phrase, value, own, did }];
    })
    .toSorted((a, b) => Math.abs(b.did) - Math.abs(a.did))
    .slice(0, REASONS);
  if (fits)
    return ranked.length === 0 ? ['like yours on the whole'] : [likeness(ranked.map(({ phrase }) => phrase.about))];
  const said = ranked.flatMap(({ phrase, value, own }) => {
    const [there, yours] = [phrase.shown(value), phrase.shown(own)];
    return there === yours ? [] : [`${phrase.said(there)} ${phrase.usual} ${yours}`];
  });
  return said.length === 0 ? ['many small differences from yours'] : said;
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const likeness = (about: readonly string[]): string => `like yours in ${list.format(about)}`;
