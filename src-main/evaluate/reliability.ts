// Trials of each subject in, how far their log-likelihood ratios can be taken at their word out: of the windows that were given 80 %,
// do 80 % belong to the owner? Equal priors: the owner's trials together weigh as much as all the others'. Reliability diagram and
// expected calibration error of DeGroot & Fienberg, "The comparison and evaluation of forecasters", The Statistician 32, 1983, and
// Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
import type { Random } from '../agent/learn/random.ts';
import { drawWeights, middle95, type Interval, type SubjectTrials } from './rates.ts';

export interface ReliabilityBin {
  /** Bounds of the ratio, natural log, the lower one within; null: none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Mean over the bin of the probability that it is the owner, at equal priors, 0-1. */
  readonly meanPredicted: number;
  /** Share of the bin that was the owner, 0-1. */
  readonly observed: number;
  /** 95 %, by drawing subjects; where only one side has trials, every draw says the same and it is too narrow. */
  readonly observedInterval: Interval;
  /** Not weighted: how many windows, and how many of them the owner's. */
  readonly trials: number;
  readonly genuineTrials: number;
}

export interface Reliability {
  /** In order of the ratio; bins without a trial are left out. */
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance of observed from predicted, weighted as the trials are, 0-1. */
  readonly calibrationError: number;
  readonly calibrationErrorInterval: Interval;
}

/** Fixed, so that detectors and recordings can be laid beside each other: odds of 1:e^6 to e^6:1, finer where decisions fall. */
const EDGES = [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6];
const BINS = EDGES.length + 1;
const DRAWS = 1000;

/** Of one side of one subject or of all, by bin. */
interface Side {
  readonly trials: Float64Array;
  /** Sum of the predicted probabilities. */
  readonly predicted: Float64Array;
}

/** @param trials of at least one subject; at least one genuine and one impostor trial among them all. */
export function reliabilityOf(trials: readonly SubjectTrials[], random: Random, draws = DRAWS): Reliability {
  const genuine = trials.map((one) => sideOf(one.genuine));
  const impostor = trials.map((one) => sideOf(one.impostor));
  const weigh = (weights: Float64Array): Weighed => weighed(total(genuine, weights), total(impostor, weights));
  const once = new Float64Array(trials.length).fill(1);
  const found = weigh(once);
  const drawn = Array.from({ length: draws }, () => weigh(drawWeights(trials.length, random)));
  const counts = { genuine: total(genuine, once).trials, impostor: total(impostor, once).trials };
  const bins = found.observed.flatMap((observed, bin): ReliabilityBin[] => {
    const genuineTrials = counts.genuine[bin] ?? 0;
    const count = genuineTrials + (counts.impostor[bin] ?? 0);
    if (count === 0) return [];
    const observedInterval = middle95(drawn.map((one) => one.observed[bin] ?? Number.NaN).filter(Number.isFinite));
    const meanPredicted = found.predicted[bin] ?? Number.NaN;
    return [{ ...boundsOf(bin), meanPredicted, observed, observedInterval, trials: count, genuineTrials }];
  });
  return {
    bins,
    calibrationError: found.error,
    // A draw of subjects may lack one side.
    calibrationErrorInterval: middle95(drawn.map(({ error }) => error).filter(Number.isFinite)),
  };
}

const boundsOf = (bin: number) => ({ from: EDGES[bin - 1] ?? null, to: EDGES[bin] ?? null });

function binOf(ratio: number): number {
  const bin = EDGES.findIndex((edge) => ratio < edge);
  return bin < 0 ? EDGES.length : bin;
}

function sideOf(ratios: Float64Array): Side {
  const side = { trials: new Float64Array(BINS), predicted: new Float64Array(BINS) };
  for (const ratio of ratios) {
    const bin = binOf(ratio);
    side.trials[bin] = (side.trials[bin] ?? 0) + 1;
    side.predicted[bin] = (side.predicted[bin] ?? 0) + 1 / (1 + Math.exp(-ratio));
  }
  return side;
}

function total(sides: readonly Side[], weights: Float64Array): Side {
  const sum = (key: keyof Side): Float64Array =>
    new Float64Array(BINS).map((_, bin) =>
      sides.reduce((all, side, i) => all + (weights[i] ?? 0) * (side[key][bin] ?? 0), 0),
    );
  return { trials: sum('trials'), predicted: sum('predicted') };
}

interface Weighed {
  /** By bin; NaN where it is empty. */
  readonly observed: readonly number[];
  readonly predicted: readonly number[];
  readonly error: number;
}

function weighed(genuine: Side, impostor: Side): Weighed {
  const all = ({ trials }: Side): number => trials.reduce((sum, x) => sum + x, 0);
  // Of one trial: each side weighs a half.
  const [own, other] = [0.5 / all(genuine), 0.5 / all(impostor)];
  const [observed, predicted]: [number[], number[]] = [[], []];
  let error = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const owner = own * (genuine.trials[bin] ?? 0);
    const weight = owner + other * (impostor.trials[bin] ?? 0);
    const expected = own * (genuine.predicted[bin] ?? 0) + other * (impostor.predicted[bin] ?? 0);
    observed.push(owner / weight);
    predicted.push(expected / weight);
    error += Math.abs(owner - expected);
  }
  return { observed, predicted, error };
}
