// What one row of the benchmark is: how it is measured, and what the number is held against.
import { reaches, summarise, type Better, type Statistic, type Summary } from './bench-statistics.ts';

export interface Figure {
  /** For `--only`: words with dashes, the general one first. */
  readonly name: string;
  /** In plain words, and how long it takes, where bench-words.ts does not say it. */
  readonly what?: string;
  readonly seconds?: number;
  readonly unit: string;
  readonly better: Better;
  /** Which statistic of the samples is the figure. */
  readonly statistic: Statistic;
  /** What the project must leave behind; null where nothing is known. */
  readonly reference: number | null;
  readonly goal: number | null;
  /** Takes a minute: only when asked for. */
  readonly long?: true;
  /** Why it can't be measured here; null when it can. */
  readonly missing?: () => string | null;
  /** Samples in `unit`, at least one; the warm-up before them is its own affair. */
  readonly measure: () => Promise<readonly number[]>;
}

/** Thrown by `measure` where only trying shows that it can't be measured here; the message says why, and how to change that. */
export class Unavailable extends Error {}

export interface Result extends Summary {
  readonly name: string;
  /** In plain words. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Which of median, p95 and p99 is the value. */
  readonly statistic: Statistic;
  /** Samples, warm-up not counted. */
  readonly repetitions: number;
  readonly reference: number | null;
  readonly goal: number | null;
  readonly better: Better;
  /** Whether the goal is reached; null without one. */
  readonly ok: boolean | null;
}

export function resultOf(figure: Omit<Figure, 'measure'>, what: string, samples: readonly number[]): Result {
  const { name, unit, better, statistic, reference, goal } = figure;
  const summary = summarise(samples, better);
  const value = summary[statistic];
  return {
    ...{ name, what, value, unit, statistic, repetitions: samples.length },
    ...summary,
    ...{ reference, goal, better, ok: reaches(value, goal, better) },
  };
}

/** The figure of that name, or the group whose name begins so: `bus` is `bus-publish` and `bus-events-1`. */
export const isNamed = (figure: Pick<Figure, 'name'>, only: string | null): boolean =>
  only === null || figure.name === only || figure.name.startsWith(`${only}-`);
