// Held-out windows of somebody who is being learned in; out: whether enough is known of him, and how much it will take.
import type { HeldOutWindow } from './held-out-accuracy.ts';
import { smoothedEqualErrorRate } from './smoothed-error.ts';

/** In events of the modality. Where both are the same, that many are asked for, whatever is measured. */
export interface EnrolmentBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * The error that is low enough after so many keystrokes: twice as much after twice as many, for somebody of whom a thousand keystrokes
 * have not brought it down gains little by another thousand. It must be so low at each of the last checkpoints, a window apart. On BB-MAS
 * it stops after 900 keystrokes at the mean, with the error that 900 for everybody leave, .008 above that of all there is
 * (measure-enrolment.ts): what comes later is learned while it is in use.
 */
export const LOW_ENOUGH = { error: 0.01, keystrokes: 500, checkpoints: 2 } as const;
export type EnrolmentRule = { readonly [Part in keyof typeof LOW_ENOUGH]: number };
/** While nothing is measured yet: what people need at the median there. */
const USUAL_KEYSTROKES = 900;
/** Fewer windows say nothing. */
const LEAST_WINDOWS = 3;

export interface EnrolmentProgress {
  readonly complete: boolean;
  /** Events that it will have taken, as it looks now: more than there are while it is not complete. */
  readonly need: number;
}

/** @param have events so far. @param rule to choose it. */
export function enrolmentProgress(
  have: number,
  windows: readonly HeldOutWindow[],
  { least, most }: EnrolmentBounds,
  rule: EnrolmentRule = LOW_ENOUGH,
): EnrolmentProgress {
  if (least === most || have >= most) return { complete: have >= most, need: most };
  const needed = Array.from({ length: rule.checkpoints }, (_, i) =>
    neededFor(windows.slice(0, windows.length - i), rule),
  );
  const need = Math.max(least, ...needed);
  if (have >= need) return { complete: true, need: have };
  return { complete: false, need: Math.min(most, Math.max(have + 1, Math.round(need))) };
}

/** Where the error, if it stays what it is, will be low enough. */
function neededFor(windows: readonly HeldOutWindow[], { error: low, keystrokes }: EnrolmentRule): number {
  if (windows.length < LEAST_WINDOWS) return USUAL_KEYSTROKES;
  const error = smoothedEqualErrorRate(
    windows.map(({ genuine }) => genuine),
    windows.flatMap(({ impostors }) => impostors),
  );
  return (keystrokes * error) / low;
}
