// What the pipeline asks of one modality: take events, and at each tick say how well they fit the owner.
import type { LearnedModality, Modality, ModelVersion } from '../../src-preload/contract.ts';
import type { InputEvent } from './events.ts';
import type { StoredVersion } from './store/store.ts';

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
  /** Where the tick stands for several hops: the same of those before the last one that had events, oldest first. */
  readonly earlier?: readonly Float64Array[];
  /** Without `against`: hops of the tick that the evidence is of, spread evenly over them; 1 where left out. */
  readonly hops?: number;
  /** The strongest reasons in plain words, three at most. */
  readonly strongest: string;
}

export interface TrackView {
  readonly status: 'unavailable' | 'learning' | 'training' | 'waiting' | 'scoring';
  readonly reason: string | null;
  readonly fix: string | null;
  readonly evidence: { readonly have: number; readonly need: number };
  readonly enrolment: Pick<Standing, 'have' | 'need' | 'perMinute'>;
}

/** What is known of one profile, or in a modality that all share, of the owner. */
export interface Standing {
  readonly maturity: LearnedModality['maturity'];
  /** Events of enrolment. */
  readonly have: number;
  readonly need: number;
  /** Events that a minute of use brings; where it is not measured, what is usual. */
  readonly perMinute?: number;
  /** What is stored can't be used: `trouble` says why. */
  readonly refused: boolean;
  /** Why the last training gave no model, or the stored one can't be used; null where nothing is wrong. */
  readonly trouble: string | null;
  /** Newest first: that is the one in use. */
  readonly versions: readonly StoredVersion[];
}

export interface TrainingOrder {
  readonly why: ModelVersion['why'];
  /** The one that what comes in teaches, where left out. */
  readonly profile?: number;
}

/** What came in while nothing could be learned. In memory alone, without any order of keys, until somebody vouches for it. */
export interface Unlearned {
  readonly modality: Modality;
  readonly events: number;
  /** Makes it a part of what is known of the profile; the next training learns from it. */
  readonly teach: (profile: number) => void;
}

/** Of what could not be learned so much is kept at most, for whoever vouches for it. */
export const MOST_UNLEARNED_MS = 30 * 60_000;

export interface Track {
  readonly modality: Modality;
  /** Whether all profiles of the owner share what is known of it. */
  readonly shared: boolean;
  readonly accept: (event: InputEvent) => void;
  /**
   * Closes the window that ends at `nowUs`.
   * @param learnable whether the window may be kept for training: while learning, and later only while trust is high.
   * @param calm whether it may be measured how well the model does: while nothing calls for an alarm. What is learned alone would
   *   flatter, for it is what fits. As `learnable` where left out.
   * @param hops of the settings that this tick stands for, 1 where left out.
   * @returns null when there was nothing new, too little, or no model. Rejects when the model fails; the pipeline then says so.
   */
  readonly tick: (nowUs: number, learnable: boolean, calm?: boolean, hops?: number) => Promise<TrackScore | null>;
  /** True where a model tells whether it is the owner who would be learned from: then only high trust makes a window learnable. */
  readonly needsTrust: () => boolean;
  /** True when enrolment is complete and no model exists, or when much more is known than the model was made of. */
  readonly wantsTraining: () => boolean;
  /** Trains from what is stored; answers one sentence. Rejects with a readable reason. */
  readonly train: (nowMs: number, order?: TrainingOrder) => Promise<string>;
  readonly trained: () => boolean;
  /** @param profile SHARED for a modality that all share. */
  readonly standing: (profile: number) => Standing;
  /** Goes back to an earlier version and forgets what was learned since; answers one sentence. Rejects with a readable reason. */
  readonly useVersion: (profile: number, version: number) => Promise<string>;
  /** Takes what could not be learned since the last call; null where nothing came in. */
  readonly takeUnlearned: () => Unlearned | null;
  /** Whether the model has learned from as much as a full enrolment asks for, however short this one was made. */
  readonly mature: () => boolean;
  /** Forgets the window under way: what comes next is another sitting. */
  readonly interrupt: () => void;
  /** What the dashboard shows at this moment, between two ticks. */
  readonly view: (nowUs: number) => TrackView;
  /** Loads the newest stored model. Rejects with a readable reason when its file is refused. */
  readonly load: () => Promise<void>;
  /** Forgets all that is known of one profile. */
  readonly forget: (profile: number) => Promise<void>;
  /** Forgets models and windows, of every profile. */
  readonly reset: () => Promise<void>;
  /** Frees inference sessions; they come back when needed. */
  readonly release: () => Promise<void>;
}
