// Recordings of typing in, the linguistic prior out: habits of correcting measured, everything else from the literature, for what was
// typed in the recordings was given.
import { LINGUISTIC_FEATURES, LINGUISTIC_TABLE, STRETCH_WORDS } from '../agent/features/linguistic-features.ts';
import { scaled, type LinguisticPriorFile } from '../agent/learn/linguistic-prior.ts';
import type { FeaturePrior } from '../agent/learn/naive-bayes.ts';
import { stretchesIn } from './linguistic-stretches.ts';
import { PRIOR_SOURCES } from './prior-sources.ts';
import type { Person } from './protocol.ts';
import { LITERATURE, LITERATURE_SOURCES } from './writing-literature.ts';

/** The protocol whose people it is made from. */
export const LINGUISTIC_SOURCE = 'bbmas';

/** Deterministic. @throws Error when too few people wrote two stretches. */
export function linguisticPriorFrom(people: readonly Person[]): LinguisticPriorFile {
  const written = people.map(({ enrol, genuine }) => stretchesIn([...enrol, ...genuine], STRETCH_WORDS).map(scaled));
  return {
    format: 1,
    table: LINGUISTIC_TABLE,
    words: STRETCH_WORDS,
    sources: [PRIOR_SOURCES[LINGUISTIC_SOURCE], ...LITERATURE_SOURCES],
    features: LINGUISTIC_FEATURES.map(({ name }, i) => {
      const known = LITERATURE[name];
      if (known !== undefined) return { name, ...rounded(known), from: known.from };
      const values = written.map((stretches) => stretches.map((one) => one[i] ?? Number.NaN).filter(Number.isFinite));
      const { people: counted, ...spread } = spreadOf(values.filter((own) => own.length > 1));
      return { name, ...rounded(spread), from: `measured on ${counted} people of ${LINGUISTIC_SOURCE}` };
    }),
  };
}

/** One-way analysis of variance, random effects: Searle, Casella & McCulloch, Variance Components, 1992, section 3.6. */
export function spreadOf(people: readonly (readonly number[])[]): FeaturePrior & { readonly people: number } {
  const k = people.length;
  if (k < 3) throw new Error(`the linguistic prior needs three people who wrote two stretches, there are ${k}`);
  const total = people.reduce((sum, own) => sum + own.length, 0);
  const means = people.map(meanOf);
  const within =
    people.reduce((sum, own, i) => sum + own.reduce((all, x) => all + (x - (means[i] ?? 0)) ** 2, 0), 0) / (total - k);
  const all = meanOf(people.flat());
  const amongMeans = people.reduce((sum, own, i) => sum + own.length * ((means[i] ?? 0) - all) ** 2, 0) / (k - 1);
  const size = (total - people.reduce((sum, own) => sum + own.length ** 2, 0) / total) / (k - 1);
  const between = Math.max(LEAST_BETWEEN_SHARE * within, (amongMeans - within) / size);
  return { people: k, mean: meanOf(means), between: Math.sqrt(between), within: Math.sqrt(within) };
}

/** Of the variance within: nobody is quite like everybody. */
const LEAST_BETWEEN_SHARE = 0.01;

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const rounded = ({ mean, between, within }: FeaturePrior): FeaturePrior => ({
  ...{ mean: round(mean), between: round(between), within: round(within) },
});
const round = (x: number): number => Number(x.toPrecision(3));
