// Trials of each subject in, error rates with their 95 % intervals out. Scores are log-likelihood ratios: the shipped threshold is 0.
import {
  areaUnderCurve,
  countScores,
  equalErrorRateOf,
  firstNotBelow,
  type ScoreCounts,
} from '../agent/learn/error-rates.ts';
import type { Random } from '../agent/learn/random.ts';

/** Scores against one subject's model. */
export interface SubjectTrials {
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/** Shares, 0-1. */
export interface Rates {
  /** Mean and standard deviation over subjects of each one's own equal error rate: a threshold of his own, chosen afterwards. */
  readonly eerMean: number;
  readonly eerSd: number;
  /** Of all trials together, with one threshold. */
  readonly eerPooled: number;
  readonly aucPooled: number;
  readonly aucMean: number;
  readonly farAtThreshold: number;
  readonly frrAtThreshold: number;
}

export type Interval = readonly [low: number, high: number];

export const SHIPPED_THRESHOLD = 0;
const DRAWS = 1000;

/** @param trials of at least one subject, each with genuine and impostor trials. */
export function ratesOf(trials: readonly SubjectTrials[]): Rates {
  return createWeighing(trials)(new Float64Array(trials.length).fill(1));
}

/**
 * Percentile bootstrap (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13). Whole subjects are drawn, for the trials
 * of one subject resemble each other far more than those of two.
 */
export function intervalsOf(
  trials: readonly SubjectTrials[],
  random: Random,
  draws = DRAWS,
): Readonly<Record<keyof Rates, Interval>> {
  const weigh = createWeighing(trials);
  const drawn = Array.from({ length: draws }, () => weigh(drawWeights(trials.length, random)));
  const interval = (key: keyof Rates): Interval => middle95(drawn.map((rates) => rates[key]));
  return {
    eerMean: interval('eerMean'),
    eerSd: interval('eerSd'),
    eerPooled: interval('eerPooled'),
    aucPooled: interval('aucPooled'),
    aucMean: interval('aucMean'),
    farAtThreshold: interval('farAtThreshold'),
    frrAtThreshold: interval('frrAtThreshold'),
  };
}

/** How often each of n is drawn when n are drawn with repetition. */
export function drawWeights(n: number, random: Random): Float64Array {
  const weights = new Float64Array(n);
  for (let k = 0; k < n; k += 1) {
    const i = random.int(n);
    weights[i] = (weights[i] ?? 0) + 1;
  }
  return weights;
}

export function middle95(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

/** Sorting is done once: a draw of subjects only changes how much each trial weighs. */
function createWeighing(trials: readonly SubjectTrials[]): (weights: Float64Array) => Rates {
  const own = trials.map(({ genuine, impostor }) => {
    const counts = countScores(genuine, impostor);
    return { eer: equalErrorRateOf(counts), auc: areaUnderCurve(counts) };
  });
  const genuine = pooled(trials.map((one) => one.genuine));
  const impostor = pooled(trials.map((one) => one.impostor));
  const { scores } = countScores(genuine.scores, impostor.scores);
  const genuineAt = genuine.scores.map((score) => firstNotBelow(scores, score));
  const impostorAt = impostor.scores.map((score) => firstNotBelow(scores, score));
  return (weights) => {
    const counts: ScoreCounts = {
      scores,
      genuine: weighed(genuineAt, genuine.subject, weights, scores.length),
      impostor: weighed(impostorAt, impostor.subject, weights, scores.length),
    };
    const eerMean = mean(own, (one) => one.eer, weights);
    const threshold = firstNotBelow(scores, SHIPPED_THRESHOLD);
    return {
      eerMean,
      eerSd: Math.sqrt(mean(own, (one) => (one.eer - eerMean) ** 2, weights)),
      eerPooled: equalErrorRateOf(counts),
      aucPooled: areaUnderCurve(counts),
      aucMean: mean(own, (one) => one.auc, weights),
      farAtThreshold: 1 - shareBelow(counts.impostor, threshold),
      frrAtThreshold: shareBelow(counts.genuine, threshold),
    };
  };
}

function pooled(lists: readonly Float64Array[]): { readonly scores: Float64Array; readonly subject: Uint32Array } {
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const scores = new Float64Array(length);
  const subject = new Uint32Array(length);
  let from = 0;
  for (const [i, list] of lists.entries()) {
    scores.set(list, from);
    subject.fill(i, from, from + list.length);
    from += list.length;
  }
  return { scores, subject };
}

function weighed(at: Float64Array, subject: Uint32Array, weights: Float64Array, length: number): Float64Array {
  const counts = new Float64Array(length);
  for (let k = 0; k < at.length; k += 1) {
    const i = at[k] ?? 0;
    counts[i] = (counts[i] ?? 0) + (weights[subject[k] ?? 0] ?? 0);
  }
  return counts;
}

function mean<T>(values: readonly T[], of: (value: T) => number, weights: Float64Array): number {
  let [sum, weight] = [0, 0];
  values.forEach((value, i) => {
    sum += (weights[i] ?? 0) * of(value);
    weight += weights[i] ?? 0;
  });
  return sum / weight;
}

function shareBelow(counts: Float64Array, end: number): number {
  let [below, all] = [0, 0];
  counts.forEach((count, i) => {
    if (i < end) below += count;
    all += count;
  });
  return below / all;
}
