// The two modalities whose windows become vectors, side by side: what is measured, how it is learned, how it is scored.
import type { InputEvent, KeystrokeEvent, MouseEvent } from './events.ts';
import { KEYSTROKE_FEATURES, keystrokeVector, MOUSE_FEATURES, mouseVector, type Feature } from './features/index.ts';
import { logOdds } from './infer/calibration.ts';
import type { FeatureTable } from './infer/model-card.ts';
import { fitForest } from './learn/fit-forest.ts';
import { fitOneClassSvm } from './learn/fit-svm.ts';
import type { Fit } from './learn/train-vector-model.ts';

export interface Measured {
  readonly vector: Float32Array;
  /** 1 where the window could not give the feature and the fallback stands in. */
  readonly missing: Uint8Array;
  /** What enrolment and evidence count: key strokes, mouse movements. */
  readonly count: number;
}

export interface ModelKind {
  /** Of the model, of its file and of its rows in the store; the part behind the last dash says how it is scored. */
  readonly name: string;
  readonly fit: Fit;
  /** From the number that the ONNX model gives to the score that the calibration knows. */
  readonly raw: (output: number) => number;
}

export interface VectorPath<E> {
  readonly modality: 'keystroke' | 'mouse';
  /** Which of the bus's events are this modality's; null for the others. */
  readonly mine: (event: InputEvent) => E | null;
  /** Name of the shipped population prior in models/. */
  readonly prior: string;
  /** Feature table and its version: models and priors of another table are refused. */
  readonly table: FeatureTable;
  readonly features: readonly Feature[];
  readonly measure: (events: readonly E[], fallback?: Float32Array) => Measured;
  /** Their log-likelihood ratios are averaged: they look at the same window and are far from independent. */
  readonly models: readonly ModelKind[];
}

export const KEYSTROKE_PATH: VectorPath<KeystrokeEvent> = {
  modality: 'keystroke',
  mine: (event) => (event.type === 'keystroke' ? event : null),
  prior: 'prior-keystroke',
  table: 'keystroke-140/1',
  features: KEYSTROKE_FEATURES,
  measure: (events, fallback) => {
    const { vector, missing, keystrokes } = keystrokeVector(events, fallback);
    return { vector, missing, count: keystrokes };
  },
  models: [{ name: 'keystroke-forest', fit: fitForest, raw: logOdds }],
};

export const MOUSE_PATH: VectorPath<MouseEvent> = {
  modality: 'mouse',
  mine: (event) => (event.type === 'mouse' ? event : null),
  prior: 'prior-mouse',
  table: 'mouse-38/1',
  features: MOUSE_FEATURES,
  measure: (events, fallback) => {
    const { vector, missing, strokes } = mouseVector(events, fallback);
    return { vector, missing, count: strokes };
  },
  models: [
    { name: 'mouse-forest', fit: fitForest, raw: logOdds },
    { name: 'mouse-svm', fit: fitOneClassSvm, raw: (output) => output },
  ],
};
