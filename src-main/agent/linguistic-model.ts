// The model of the owner's writing: learned from stored stretches and kept in its card, or loaded from there, and asked for scores.
import { createHash } from 'node:crypto';
import { MODALITY_WORDS } from './act/sentence.ts';
import { writingReasons } from './act/writing-reasons.ts';
import { COUNTED, LINGUISTIC_FEATURES, LINGUISTIC_TABLE } from './features/linguistic-features.ts';
import { LINGUISTIC_MODEL, readLinguisticCard, type LinguisticCard } from './infer/linguistic-card.ts';
import { linguisticScorer } from './infer/linguistic-score.ts';
import type { ModelGate } from './infer/model-gate.ts';
import type { LinguisticPrior } from './learn/linguistic-prior.ts';
import { fitNaiveBayes } from './learn/naive-bayes.ts';
import { trainLinguistic } from './learn/train-linguistic.ts';
import type { ModalitySettings } from './settings.ts';
import { SHARED, type Store, type StoredWindow } from './store/store.ts';
import type { TrackScore, TrainingOrder } from './track.ts';

/** The newest stretches that training looks at, 60,000 words: habits of writing change with the years and the work. */
export const MAX_STRETCHES = 1000;

export interface LinguisticModel {
  /** @param values in the units of the table, NaN for missing */
  readonly score: (values: ArrayLike<number>) => Promise<TrackScore>;
  readonly learnedFrom: LinguisticCard['training'];
  readonly release: () => Promise<void>;
}

export interface LinguisticModelParts {
  readonly store: Store;
  readonly prior: LinguisticPrior;
  readonly cap: ModalitySettings['cap'];
  /** Of this installation: the same stretches and seed give the same model. */
  readonly seed: number;
  readonly gate?: ModelGate;
}

/** Those of the present feature table, oldest first. */
export const storedStretches = (store: Store): readonly StoredWindow[] =>
  store
    .windows('linguistic', MAX_STRETCHES, SHARED)
    .filter(({ vector }) => vector.length === LINGUISTIC_FEATURES.length);

/**
 * @returns null when none was learned yet, or only with another prior: the stretches are there to learn from again.
 * @throws Error when what is stored can't be used
 */
export function loadLinguisticModel(parts: LinguisticModelParts): LinguisticModel | null {
  const stored = parts.store.models().find(({ name }) => name === LINGUISTIC_MODEL);
  if (stored === undefined) return null;
  if (sha256(stored.card) !== stored.sha256)
    throw new Error(`model ${LINGUISTIC_MODEL} refused: it was changed; train again`);
  const card = readLinguisticCard(stored.card);
  return card.prior === printOf(parts.prior) ? modelOf(card, parts) : null;
}

/** @returns the model and a sentence about it. @throws Error when there is too little to learn from; then nothing was saved. */
export function trainLinguisticModel(
  parts: LinguisticModelParts,
  { nowMs, why }: { readonly nowMs: number; readonly why: TrainingOrder['why'] },
): { readonly model: LinguisticModel; readonly sentence: string } {
  const { store, prior, seed } = parts;
  const stretches = storedStretches(store);
  const trained = trainLinguistic(
    stretches.map(({ vector }) => Float64Array.from(vector)),
    prior,
    seed,
  );
  const card: LinguisticCard = {
    format: 1,
    table: LINGUISTIC_TABLE,
    prior: printOf(prior),
    ...trained,
    training: {
      fromUs: stretches[0]?.ts ?? 0,
      toUs: stretches.at(-1)?.ts ?? 0,
      stretches: stretches.length,
      words: stretches.reduce((sum, { newEvents }) => sum + newEvents, 0),
    },
  };
  const text = JSON.stringify(card);
  store.addModel({
    ...{ modality: 'linguistic', profile: SHARED, name: LINGUISTIC_MODEL },
    ...{ version: store.nextVersion(SHARED, LINGUISTIC_MODEL), createdMs: nowMs, why, events: card.training.words },
    ...{ accuracy: null, file: '', sha256: sha256(text), card: text },
  });
  store.flush();
  return { model: modelOf(card, parts), sentence: sentenceOf(card) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const printOf = ({ features }: LinguisticPrior): string => sha256(JSON.stringify(features));

function modelOf(card: LinguisticCard, { prior, cap, gate }: LinguisticModelParts): LinguisticModel {
  const { people } = fitNaiveBayes([], prior.features, COUNTED);
  const scorer = linguisticScorer({ owner: card.owner, people, counted: COUNTED }, LINGUISTIC_MODEL, gate);
  const { slope, intercept } = card.calibration;
  return {
    score: async (values) => {
      const { ratio, contributions } = await scorer.score(values);
      const llr = Math.min(cap[1], Math.max(cap[0], slope * ratio + intercept));
      const said = { features: LINGUISTIC_FEATURES, values, contributions, fits: llr > 0 };
      return { raw: ratio, llr, share: 1, strongest: writingReasons(said, card.usual).join(', ') };
    },
    learnedFrom: card.training,
    release: scorer.release,
  };
}

function sentenceOf({ training, heldOut }: LinguisticCard): string {
  const learned = `Learned your ${MODALITY_WORDS.linguistic} from ${training.words} words in ${training.stretches} stretches.`;
  return `${learned} Of stretches left out of it, ${Math.round(100 * heldOut.frr)} % did not look like you.`;
}
