// Times of keys and pairs of keys in, a log-likelihood ratio out: each time is scored for the owner and for every invented person of
// the crowd, each against the population; then the owner against the crowd. Constants chosen on the development recordings by
// cross-validation.
import { PAIR_CLASS } from '../features/graph-classes.ts';
import { GRAPH_TYPES, PRESSES } from '../features/graphs.ts';
import type { GraphPriorFile } from '../learn/graph-prior.ts';
import type { GraphCrowd } from './graph-crowd.ts';
import {
  clipped,
  DEGREES_OF_FREEDOM,
  TAIL,
  type JudgedGraph,
  type OwnerModel,
  type OwnerSitting,
} from './owner-model.ts';

/** hold, pp, rp, rr: the three times of a pair say much the same. */
const TYPE_WEIGHTS = [1, 0.6, 0.4, 0.3] as const;
/** How much of a keystroke's evidence is new, given the others of its window. */
const EVIDENCE_SHARE = 0.2;
/** The same where what the owner's times of today have in common is followed. */
const RUNNING_SHARE = 0.4;
/** So much the owner gains with each keystroke because he, and nobody of the crowd, is followed: it is taken off again. */
const FOLLOWED_GAIN = 0.03;
/** The same of how often somebody corrects. */
const CORRECTIONS_SHARE = 0.3;

const TYPES = GRAPH_TYPES.length;

/** What does not depend on the owner. Sums of ratios by type and person, row-major; those of separate stretches may be added. */
export interface CrowdTally {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  corrections: number;
}

export const crowdTally = (people: number): CrowdTally => ({
  counts: new Float64Array(TYPES),
  sums: new Float64Array(TYPES * people),
  corrections: 0,
});

/** Adds one time to the counts and to the sums of the crowd. */
export function addCrowd(tally: CrowdTally, crowd: GraphCrowd, { belief, value, population }: JudgedGraph): void {
  const { type, mean, within } = belief;
  const { shared, effects, step } = crowd.graph(belief);
  const scales = crowd.scales[type];
  const halfLogScales = crowd.halfLogScales[type];
  if (scales === undefined || halfLogScales === undefined) throw new Error(`there is no graph type ${type}`);
  const { sums } = tally;
  const start = type * crowd.people;
  const base = -0.5 * Math.log(within) - population;
  const spread = DEGREES_OF_FREEDOM * within;
  const above = value - mean;
  for (let j = 0; j < crowd.people; j += 1) {
    // Student's density as for the owner, with what does not depend on the person taken out of the loop.
    const deviation = above - (shared[j] as number) - step * (effects[j] as number);
    const tail = Math.log(1 + (deviation * deviation) / (spread * (scales[j] as number)));
    const ratio = base - (halfLogScales[j] as number) - TAIL * tail;
    sums[start + j] = (sums[start + j] as number) + clipped(ratio);
  }
  tally.counts[type] = (tally.counts[type] ?? 0) + 1;
  if (type === PRESSES && belief.kind === PAIR_CLASS.toCorrection) tally.corrections += 1;
}

/** Sums of the owner's ratios by type; those of separate stretches may be added. */
export function ownerSums(sitting: OwnerSitting, graphs: readonly JudgedGraph[]): Float64Array {
  const sums = new Float64Array(TYPES);
  for (const graph of graphs) sums[graph.belief.type] = (sums[graph.belief.type] ?? 0) + sitting.score(graph);
  return sums;
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
  const people = crowd.sums.length / TYPES;
  const weights = TYPE_WEIGHTS.map((weight, type) => weight / Math.max(1, counts[type] ?? 0));
  const mean = (of: Float64Array, stride: number, at: number): number =>
    weights.reduce((total, weight, type) => total + weight * (of[type * stride + at] ?? 0), 0);
  const sharpness = EVIDENCE_SHARE * keys;
  const others = Float64Array.from({ length: people }, (_, j) => sharpness * mean(crowd.sums, people, j));
  const habit = CORRECTIONS_SHARE * owner.corrections({ pairs: counts[PRESSES] ?? 0, corrections });
  return mean(sums, 1, 0) + (habit - logMeanExp(others)) / sharpness;
}

/**
 * How much better each of the crowd explains the times than the owner does: natural-log ratios of new evidence, to be added up.
 * Sums and not means, for every keystroke tells something.
 * @param sums the owner's, by type, of an {@link OwnerModel.running} stretch
 * @param keys keystrokes that both tallies are of
 */
export function ratiosAgainst(sums: Float64Array, crowd: CrowdTally, keys: number): Float64Array {
  const people = crowd.sums.length / TYPES;
  const owner = runningEvidence(sums, 1, 0) - FOLLOWED_GAIN * keys;
  return Float64Array.from({ length: people }, (_, j) => runningEvidence(crowd.sums, people, j) - owner);
}

/** @param sums by type and person, row-major. @returns natural-log ratio of one person against the population, of new evidence. */
export const runningEvidence = (sums: Float64Array, people: number, person: number): number =>
  TYPE_WEIGHTS.reduce((total, weight, type) => total + RUNNING_SHARE * weight * (sums[type * people + person] ?? 0), 0);

/** Adds the tally of another stretch. */
export function addTally(to: CrowdTally, more: CrowdTally): void {
  for (const [i, count] of more.counts.entries()) to.counts[i] = (to.counts[i] ?? 0) + count;
  for (let i = 0; i < to.sums.length; i += 1) to.sums[i] = (to.sums[i] as number) + (more.sums[i] as number);
  to.corrections += more.corrections;
}

function logMeanExp(values: Float64Array): number {
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return most + Math.log(values.reduce((total, x) => total + Math.exp(x - most), 0) / values.length);
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
