// Times of keys and pairs of keys in; out, for every invented person of the crowd, the sums of his ratios against the population. The
// sums of separate stretches may be added and taken off again.
import { PAIR_CLASS } from '../features/graph-classes.ts';
import { GRAPH_TYPES, PRESSES } from '../features/graphs.ts';
import { takeLogs } from '../learn/quick-logs.ts';
import type { CrowdGraph, GraphCrowd } from './graph-crowd.ts';
import { DEGREES_OF_FREEDOM, HIGHEST, LOWEST, TAIL, type JudgedGraph } from './owner-model.ts';

const TYPES = GRAPH_TYPES.length;

/** What does not depend on the owner. Sums of ratios by type and person, row-major. */
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

/** So many times are multiplied before their logarithm is taken: a factor is a few hundred at most, and their product must stay a number. */
const FACTORS_AT_ONCE = 32;

/**
 * What is added to a sum is a multiple of 2^-36, 7e-12 from what it was at most. A sum below 2^17, which is fifty thousand times at their
 * lowest, is then without any error, in whatever order stretches are added and taken off: a window that moves on does so by the second
 * that comes and the one that goes, for hours. Adding 1.5 x 2^52 steps leaves no digits below one (IEEE 754, round to nearest).
 */
const ROUNDER = 1.5 * 2 ** (52 - 36);

/** Adds times to the counts and to the sums of the crowd. */
export function addCrowd(tally: CrowdTally, crowd: GraphCrowd, graphs: readonly JudgedGraph[]): void {
  for (const { belief } of graphs) {
    tally.counts[belief.type] = (tally.counts[belief.type] ?? 0) + 1;
    if (belief.type === PRESSES && belief.kind === PAIR_CLASS.toCorrection) tally.corrections += 1;
  }
  for (let type = 0; type < TYPES; type += 1) {
    const own = graphs.filter(({ belief }) => belief.type === type);
    for (let from = 0; from < own.length; from += FACTORS_AT_ONCE)
      addOfType(tally.sums, crowd, type, own.slice(from, from + FACTORS_AT_ONCE));
  }
}

/**
 * Student's density as for the owner. Of a person with a variance of s times the population's, whose time is d away from what he expects,
 *
 *     ratio = base - ln(s) / 2 - TAIL ln(1 + d^2 / (5 within s)) = base - TAIL ln(root + slope d^2 / (5 within))
 *
 * with root = s^(1 / (2 TAIL)) and slope = root / s: his variance is in the factor, and the bounds of a ratio are the same two bounds of a
 * factor for everybody. The logarithm of a product stands for the sum of logarithms, so that one a person is taken for many times.
 */
function addOfType(sums: Float64Array, crowd: GraphCrowd, type: number, graphs: readonly JudgedGraph[]): void {
  const { people, factors } = crowd;
  const { values } = factors;
  values.fill(1);
  let bases = 0;
  for (const graph of graphs) bases += multiply(values, crowd, graph, crowd.graph(graph.belief));
  takeLogs(factors);
  for (let j = 0, at = type * people; j < people; j += 1, at += 1) {
    const ratios = bases - TAIL * (values[j] as number);
    sums[at] = (sums[at] as number) + (ratios + ROUNDER - ROUNDER);
  }
}

/** @returns `base` of the equation above. */
function multiply(
  factors: Float64Array,
  crowd: GraphCrowd,
  { belief, value, population }: JudgedGraph,
  { shared, effects, step }: CrowdGraph,
): number {
  const [roots, slopes] = [crowd.roots[belief.type], crowd.slopes[belief.type]];
  if (roots === undefined || slopes === undefined) throw new Error(`there is no graph type ${belief.type}`);
  const base = -0.5 * Math.log(belief.within) - population;
  const least = Math.exp((base - HIGHEST) / TAIL);
  const most = Math.exp((base - LOWEST) / TAIL);
  const middle = (least + most) / 2;
  const above = value - belief.mean;
  const narrowness = 1 / (DEGREES_OF_FREEDOM * belief.within);
  for (let j = 0; j < factors.length; j += 1) {
    const deviation = above - (shared[j] as number) - step * (effects[j] as number);
    const factor = (roots[j] as number) + narrowness * (slopes[j] as number) * (deviation * deviation);
    // Within `least` and `most`, without a branch that the processor would have to guess; most / least is e^(4/3), so nothing is lost.
    const bounded = middle + (Math.abs(factor - least) - Math.abs(factor - most)) / 2;
    factors[j] = (factors[j] as number) * bounded;
  }
  return base;
}

/** Adds the tally of another stretch. */
export function addTally(to: CrowdTally, more: CrowdTally): void {
  for (let i = 0; i < TYPES; i += 1) to.counts[i] = (to.counts[i] ?? 0) + (more.counts[i] ?? 0);
  for (let i = 0; i < to.sums.length; i += 1) to.sums[i] = (to.sums[i] as number) + (more.sums[i] as number);
  to.corrections += more.corrections;
}

/** Takes a tally off that was added: what is left is as if it had never been there. */
export function takeOffTally(from: CrowdTally, gone: CrowdTally): void {
  for (let i = 0; i < TYPES; i += 1) from.counts[i] = (from.counts[i] ?? 0) - (gone.counts[i] ?? 0);
  for (let i = 0; i < from.sums.length; i += 1) from.sums[i] = (from.sums[i] as number) - (gone.sums[i] as number);
  from.corrections -= gone.corrections;
}

/** @returns the same, with nothing in it. */
export function emptied(tally: CrowdTally): CrowdTally {
  tally.counts.fill(0);
  tally.sums.fill(0);
  tally.corrections = 0;
  return tally;
}
