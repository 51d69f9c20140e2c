// What the pipeline asks of one modality: take events, and at each tick say how well they fit the owner.
import type { Modality } from '../../src-preload/contract.ts';
import type { InputEvent } from './events.ts';

/** Where there is a model, what comes in waits so long before it is learned from: a takeover is noticed before, and then it is not. */
export const QUARANTINE_MS = 120_000;
/** A model is made anew when so much more is known, until it is as good as it gets. */
export const MORE_TO_RETRAIN = 1.5;

/** One calibrated say of one model about the newest window. */
export interface TrackScore {
  /** What the model said, before calibration. */
  readonly raw: number;
  /** Log-likelihood ratio of the whole window, owner against population, natural log, capped. */
  readonly llr: number;
  /** Share of the window that no earlier tick has used, 0-1. */
  readonly share: number;
  /**
   * Of the new events alone: how much better each person of a crowd explains them than the owner does, natural-log ratios. Where it
   * is there the filter goes by it, and `llr` is for the eye.
   */
  readonly against?: Float64Array;
  /** The strongest reasons in plain words, three at most. */
  readonly strongest: string;
}

export interface TrackView {
  readonly status: 'unavailable' | 'learning' | 'training' | 'waiting' | 'scoring';
  readonly reason: string | null;
  readonly fix: string | null;
  readonly evidence: { readonly have: number; readonly need: number };
  readonly enrolment: { readonly have: number; readonly need: number };
}

export interface Track {
  readonly modality: Modality;
  readonly accept: (event: InputEvent) => void;
  /**
   * Closes the window that ends at `nowUs`.
   * @param learnable whether the window may be kept for training: while learning, and later only while trust is high.
   * @returns null when there was nothing new, too little, or no model. Rejects when the model fails; the pipeline then says so.
   */
  readonly tick: (nowUs: number, learnable: boolean) => Promise<TrackScore | null>;
  /** True when enrolment is complete and no model exists. */
  readonly wantsTraining: () => boolean;
  /** Trains from what is stored; answers one sentence. Rejects with a readable reason. */
  readonly train: (nowMs: number) => Promise<string>;
  readonly trained: () => boolean;
  /** Whether the model has learned from as much as a full enrolment asks for, however short this one was made. */
  readonly mature: () => boolean;
  /** Forgets the window under way: what comes next is another sitting. */
  readonly interrupt: () => void;
  /** What the dashboard shows at this moment, between two ticks. */
  readonly view: (nowUs: number) => TrackView;
  /** Loads the newest stored model. Rejects with a readable reason when its file is refused. */
  readonly load: () => Promise<void>;
  /** Forgets model and windows. */
  readonly reset: () => Promise<void>;
  /** Frees inference sessions; they come back when needed. */
  readonly release: () => Promise<void>;
}
