// Naive Bayes on what was written, as a detector: stretches of the enrolment as long as the window in, the ratio for the owner out. The
// recordings hold a tenth of what the product learns from, so it is taken as it is, neither calibrated on what is left out nor capped.
import { COUNTED, STRETCH_WORDS } from '../agent/features/linguistic-features.ts';
import { scaled, type LinguisticPrior } from '../agent/learn/linguistic-prior.ts';
import { bayesRatio, fitNaiveBayes, type FeaturePrior, type NaiveBayes } from '../agent/learn/naive-bayes.ts';
import type { Detector } from './detector.ts';
import { stretchesIn, writingOf } from './linguistic-stretches.ts';

export interface PreparedWriting {
  readonly words: number;
  /** On the scale of each feature; null where there is no whole word. */
  readonly values: Float64Array | null;
}

/** Knows of other people what the prior says, whatever background it is offered. */
export function linguisticDetector({ features }: Pick<LinguisticPrior, 'features'>): Detector<PreparedWriting> {
  return {
    name: 'linguistic-bayes',
    modality: 'linguistic',
    prepare: ({ pieces, size }) => {
      const values = writingOf(pieces);
      return { words: size, values: values === null ? null : scaled(values) };
    },
    enrol: (own) => {
      const models = new Map<number, NaiveBayes>();
      const modelFor = (words: number): NaiveBayes => {
        const known =
          models.get(words) ?? fitNaiveBayes(stretchesIn(own, words).map(scaled), priorFor(features, words), COUNTED);
        models.set(words, known);
        return known;
      };
      return Promise.resolve({
        score: ({ words, values }) => (values === null ? null : bayesRatio(modelFor(words), values)),
      });
    },
  };
}

/** Of a shorter stretch chance makes more: its variance goes with the inverse of the words. */
const priorFor = (features: readonly FeaturePrior[], words: number): readonly FeaturePrior[] =>
  features.map((feature) => ({ ...feature, within: feature.within * Math.sqrt(STRETCH_WORDS / words) }));
