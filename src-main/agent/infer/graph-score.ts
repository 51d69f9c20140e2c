// Times of keys and pairs of keys in, a log-likelihood ratio out: each time is scored for the owner and for every invented person of
// the crowd, each against the population; then the owner against the crowd. Constants chosen on the development recordings by
// cross-validation.
import { GRAPH_TYPES, PRESSES } from '../features/graphs.ts';
import type { GraphPriorFile } from '../learn/graph-prior.ts';
import type { CrowdTally } from './crowd-tally.ts';
import type { JudgedGraph, OwnerModel, OwnerSitting } from './owner-model.ts';
import { productSums } from './product-sums.ts';

/** hold, pp, rp, rr: the three times of a pair say much the same. */
const TYPE_WEIGHTS = [1, 0.6, 0.4, 0.3] as const;
/** How much of a keystroke's evidence is new, given the others of its window. */
const EVIDENCE_SHARE = 0.2;
/** The same where what the owner's times of today have in common is followed. */
const RUNNING_SHARE = 0.4;
const RUNNING_WEIGHTS = TYPE_WEIGHTS.map((weight) => RUNNING_SHARE * weight);
/** So much the owner gains with each keystroke because he, and nobody of the crowd, is followed: it is taken off again. */
const FOLLOWED_GAIN = 0.03;
/** The same of how often somebody corrects. */
const CORRECTIONS_SHARE = 0.3;

const TYPES = GRAPH_TYPES.length;

/** Sums of the owner's ratios by type; those of separate stretches may be added. */
export function ownerSums(sitting: OwnerSitting, graphs: readonly JudgedGraph[]): Float64Array {
  const products = productSums(TYPES);
  for (const graph of graphs) products.add(graph.belief.type, sitting.quotient(graph));
  return products.sums();
}

/**
 * Weighted mean ratio of the owner minus the soft maximum of the crowd's: how much better he explains the times than the best of a
 * thousand others; and how often it was corrected.
 * @param sums the owner's, by type
 * @param keys keystrokes that both tallies are of
 * @returns null when nothing was timed
 */
export function graphScore(owner: OwnerModel, sums: Float64Array, crowd: CrowdTally, keys: number): number | null {
  const { counts, corrections } = crowd;
  if (keys <= 0 || counts.every((count) => count === 0)) return null;
  const weights = TYPE_WEIGHTS.map((weight, type) => weight / Math.max(1, counts[type] ?? 0));
  const sharpness = EVIDENCE_SHARE * keys;
  const others = weighted(crowd.sums, weights, sharpness);
  const [own = 0] = weighted(sums, weights, 1);
  const habit = CORRECTIONS_SHARE * owner.corrections({ pairs: counts[PRESSES] ?? 0, corrections });
  return own + (habit - logMeanExp(others)) / sharpness;
}

/**
 * How much better each of the crowd explains the times than the owner does: natural-log ratios of new evidence, to be added up.
 * Sums and not means, for every keystroke tells something.
 * @param sums the owner's, by type, of an {@link OwnerModel.running} stretch
 * @param keys keystrokes that both tallies are of
 */
export function ratiosAgainst(sums: Float64Array, crowd: CrowdTally, keys: number): Float64Array {
  const owner = runningEvidence(sums) - FOLLOWED_GAIN * keys;
  const ratios = weighted(crowd.sums, RUNNING_WEIGHTS, 1);
  for (let j = 0; j < ratios.length; j += 1) ratios[j] = (ratios[j] as number) - owner;
  return ratios;
}

/** @param sums of one person, by type. @returns natural-log ratio against the population, of new evidence. */
export const runningEvidence = (sums: Float64Array): number => weighted(sums, RUNNING_WEIGHTS, 1)[0] ?? 0;

/** @param sums by type and person, row-major. @returns by person, `factor` times the weighted sum over the types. */
function weighted(sums: Float64Array, weights: readonly number[], factor: number): Float64Array {
  const people = sums.length / TYPES;
  const all = new Float64Array(people);
  const [hold = 0, presses = 0, between = 0, releases = 0] = weights;
  // In one pass: these are a thousand people, each second.
  for (let j = 0; j < people; j += 1) {
    const ofHolds = hold * (sums[j] as number);
    const ofPresses = presses * (sums[people + j] as number);
    const ofBetween = between * (sums[2 * people + j] as number);
    all[j] = factor * (ofHolds + ofPresses + ofBetween + releases * (sums[3 * people + j] as number));
  }
  return all;
}

function logMeanExp(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < values.length; j += 1) if ((values[j] as number) > most) most = values[j] as number;
  let total = 0;
  for (let j = 0; j < values.length; j += 1) total += Math.exp((values[j] as number) - most);
  return most + Math.log(total / values.length);
}

/**
 * Natural-log likelihood ratio of a score, owner : somebody else. The line is interpolated in ln(keys) between the sizes at which
 * it was measured, and is that of the nearest size outside them.
 */
export function graphRatio({ sizes }: GraphPriorFile['calibration'], score: number, keys: number): number {
  const above = sizes.findIndex((size) => size.keys >= keys);
  const high = sizes[above < 0 ? sizes.length - 1 : above];
  const low = sizes[Math.max(0, (above < 0 ? sizes.length : above) - 1)];
  if (low === undefined || high === undefined) throw new Error('population prior of graphs: no calibration');
  const reach = Math.log(high.keys / low.keys);
  const share = reach > 0 ? Math.min(1, Math.max(0, Math.log(keys / low.keys) / reach)) : 0;
  const between = (a: number, b: number): number => a + share * (b - a);
  return between(low.slope, high.slope) * score + between(low.intercept, high.intercept);
}
