// People as they are learned in; out, where each of them would stop by a rule or a fixed number, and the rule that stops early and costs
// little.
import { enrolmentProgress, LOW_ENOUGH, type EnrolmentRule } from '../agent/learn/enrolment-rule.ts';
import { boundsOf, DEFAULT_SETTINGS } from '../agent/settings.ts';
import type { Checkpoint, EnrolmentRun } from './enrolment-runs.ts';

export interface End {
  readonly keys: number;
  readonly eer: number;
  /** Whether the recordings ended before. */
  readonly short: boolean;
}

const ERRORS = [0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03];
const CHECKPOINTS = [1, 2, 3];
export const BOUNDS = boundsOf(DEFAULT_SETTINGS.modalities.keystroke);
export const RULES = ERRORS.flatMap((error) =>
  CHECKPOINTS.map((checkpoints): EnrolmentRule => ({ ...LOW_ENOUGH, error, checkpoints })),
);

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
export const keysOf = (ends: readonly End[]): number => mean(ends.map(({ keys }) => keys));
export const eerOf = (ends: readonly End[]): number => mean(ends.map(({ eer }) => eer));

export const byNumber = (runs: readonly EnrolmentRun[], keys: number): End[] =>
  runs.map((run) => endAt(run, (at) => at.keys >= keys));

export const byRule = (runs: readonly EnrolmentRun[], rule: EnrolmentRule): End[] =>
  runs.map((run) => endAt(run, ({ keys, windows }) => enrolmentProgress(keys, windows, BOUNDS, rule).complete));

/** Whoever is not known well enough by the end of his recordings counts with all there is. */
function endAt({ checkpoints }: EnrolmentRun, enough: (at: Checkpoint) => boolean): End {
  const found = checkpoints.find(enough);
  const { keys, eer } = found ?? checkpoints.at(-1) ?? { keys: Number.NaN, eer: Number.NaN };
  return { keys, eer, short: found === undefined };
}

/**
 * @param most mean error that a rule may leave.
 * @returns of the rules that leave no more, the one that asks for the fewest keystrokes; null where all leave more.
 */
export function best(runs: readonly EnrolmentRun[], most: number): EnrolmentRule | null {
  const good = RULES.map((rule) => ({ rule, ends: byRule(runs, rule) })).filter(({ ends }) => eerOf(ends) <= most);
  return good.toSorted((a, b) => keysOf(a.ends) - keysOf(b.ends))[0]?.rule ?? null;
}
