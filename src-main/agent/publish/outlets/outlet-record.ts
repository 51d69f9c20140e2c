// What leaves the machine where the user has named a place for it: numbers about windows, scores, changes of state. Never a key, never text.
import type { Modality, State } from '../../../../src-preload/contract.ts';

/** One window of features, in the order of the table of its modality. */
export interface FeatureRecord {
  readonly kind: 'features';
  readonly modality: 'keystroke' | 'mouse';
  /** End of the window, microseconds since the epoch. */
  readonly ts: number;
  /** What the window is made of: strokes of keys or of the mouse. */
  readonly events: number;
  /** Events of the keyboard or the mouse in it, and those of them that no window told before had. */
  readonly raw: number;
  readonly fresh: number;
  readonly names: readonly string[];
  /** NaN where the window does not tell. */
  readonly values: Float32Array;
}

/** From one application to the next. */
export interface TransitionRecord {
  readonly kind: 'transition';
  readonly ts: number;
  readonly from: string;
  readonly to: string;
  /** In `from`, seconds. */
  readonly dwellS: number;
}

/** What one tick came to. */
export interface ScoreRecord {
  readonly kind: 'score';
  readonly ts: number;
  /** 0-100; null while learning. */
  readonly trust: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly state: State;
  /** Natural-log likelihood ratio of the window, owner against population, and the points of trust that it moved. */
  readonly modalities: readonly { readonly modality: Modality; readonly llr: number; readonly points: number }[];
}

export interface ChangeRecord {
  readonly kind: 'change';
  readonly ts: number;
  readonly from: State;
  readonly to: State;
  readonly trust: number | null;
  readonly reason: string;
}

export type OutletRecord = FeatureRecord | TransitionRecord | ScoreRecord | ChangeRecord;
