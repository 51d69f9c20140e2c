// A feature vector enters, the score of a trained model leaves: one entry for each kind of model that reads vectors.
import type { Modality } from '../../../src-preload/contract.ts';
import type { ModelCard } from './model-card.ts';
import type { ModelGate } from './model-gate.ts';
import { lazySession } from './session.ts';

export interface Scorer {
  /** Of the model: `keystroke-forest`, `mouse-svm`. */
  readonly name: string;
  readonly modality: Modality;
  /**
   * The model's own score, before calibration; higher is more like the owner.
   * @throws Error for a vector of another width or with a value that is not finite: missing data are never scored.
   */
  readonly score: (vector: Float32Array) => Promise<number>;
  /** Gives back the memory; the next score loads the model again. */
  readonly release: () => Promise<void>;
}

export interface ScorerModel {
  readonly card: ModelCard;
  /** Reads and checks the model file, each time that it must be loaded. */
  readonly load: () => Promise<Uint8Array>;
  readonly idleMs?: number;
  readonly gate?: ModelGate;
}

/** Scores are P(owner), 0 to 1. */
export const forestScorer = (model: ScorerModel): Scorer => onnxScorer(model, (p) => Math.min(1, Math.max(0, p)));

/** Scores are decision values: above 0 inside the owner's habits. */
export const svmScorer = (model: ScorerModel): Scorer => onnxScorer(model, (decision) => decision);

/** By the last part of a model's name. */
export const SCORERS: Readonly<Record<string, (model: ScorerModel) => Scorer>> = {
  forest: forestScorer,
  svm: svmScorer,
};

function onnxScorer({ card, load, idleMs, gate }: ScorerModel, read: (score: number) => number): Scorer {
  const { name, modality, inputs } = card;
  const session = lazySession(load, {
    name,
    width: inputs.features,
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(gate === undefined ? {} : { gate }),
  });
  return {
    name,
    modality,
    release: session.release,
    score: async (vector) => {
      if (vector.length !== inputs.features) {
        throw new Error(`model ${name} reads ${inputs.features} features, not ${vector.length}`);
      }
      const missing = vector.findIndex((value) => !Number.isFinite(value));
      if (missing >= 0)
        throw new Error(`model ${name}: feature ${missing} of the window is ${vector[missing]}, not a number`);
      const [score] = await session.run(vector);
      if (score === undefined || !Number.isFinite(score))
        throw new Error(`model ${name} answered no number; train again`);
      return read(score);
    },
  };
}
