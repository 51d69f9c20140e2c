// How the owner's windows score, one after the other, in; out: whether he has changed. A window now and then scores badly; only when the
// mean has fallen for long enough is it he who changed: the cumulative sum of E. S. Page, "Continuous inspection schemes", Biometrika 41,
// 1954. Pure: how far it has come is a value, for it must survive a restart.

import type { ScoreLevel } from './score-level.ts';

/**
 * In standard deviations: a fall by less than this is none, and the sum of what lies beyond it must reach the bound. Independent windows
 * of an owner who stays as he is reach it once in 930 (D. C. Montgomery, Introduction to Statistical Quality Control, 6th ed., 2009,
 * section 9.1.2: 465 where falls and rises are watched).
 */
const SLACK = 0.5;
export const FALL_BOUND = 5;

/** One window more. @param fallen 0 at first; beyond FALL_BOUND he has changed. @param level of the windows held out when the model was made. */
export const fallenBy = (fallen: number, score: number, { mean, sd }: ScoreLevel): number =>
  Math.max(0, fallen + (mean - score) / sd - SLACK);
