// What the evaluation asks of a detector: learn one person from enrolment recordings, then score windows of anybody.
import type { InputEvent } from '../agent/events.ts';

/** A decision window, in pieces: no latency or movement is built from one piece to the next. */
export interface DecisionWindow {
  readonly pieces: readonly (readonly InputEvent[])[];
  /** Press events, words, or seconds of activity: what the protocol's window counts. */
  readonly size: number;
}

/** One person's enrolment: its recordings in order. */
export type Enrolment = readonly (readonly InputEvent[])[];

export interface Enrolled<Prepared> {
  /** Higher means more like the owner; 0 is the shipped threshold. null: too little in the window to say anything. */
  readonly score: (prepared: Prepared) => number | null;
}

/** @typeParam Prepared what is computed of a window once, whoever it is scored for. */
export interface Detector<Prepared = unknown> {
  readonly name: string;
  readonly modality: 'keystroke' | 'mouse' | 'linguistic';
  readonly prepare: (window: DecisionWindow) => Prepared;
  /**
   * @param background enrolments of people who are not scored as impostors of this one; empty in deployed mode, where nothing but
   *   what ships in models/ may be known of others.
   */
  readonly enrol: (own: Enrolment, background: readonly Enrolment[]) => Promise<Enrolled<Prepared>>;
}
