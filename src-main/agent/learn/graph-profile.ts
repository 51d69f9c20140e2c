// What was kept of one person's times of keys and pairs of keys in, his profile out: what is expected of him for each graph and how much he varies.
// A hierarchical model: a person's general offset, his offset per class of graphs, his own mean per graph, each shrunk to what the
// population leaves open (empirical Bayes; Efron & Morris, J. American Statistical Association 70, 1975). The profile is plain JSON.
import { KEY_CLASSES } from '../features/graph-classes.ts';
import type { CorrectionCounts } from './correction-habit.ts';
import type { GraphBelief, GraphPrior, GraphPriorType } from './graph-prior.ts';
import type { GraphSample, GraphStatistics } from './graph-statistics.ts';

/** What one person's times of one type are like. Values on the log scale of GraphInstance. */
export interface TypeProfile {
  readonly offset: number;
  /** One a class, on top of `offset`. */
  readonly classOffsets: readonly number[];
  /** His variance over the population's. */
  readonly scale: number;
  /** By name, of the prior's list only: mean, variance, how often it came. */
  readonly graphs: Readonly<Record<string, readonly [mean: number, variance: number, count: number]>>;
}

export interface GraphProfile {
  readonly format: 1;
  /** Of the prior that it was learned against and must be used with. */
  readonly table: string;
  readonly strokes: number;
  readonly sittings: number;
  readonly corrections: CorrectionCounts;
  readonly types: readonly TypeProfile[];
}

/** Weights of the population's variance, in keystrokes; bounds in standard deviations. Chosen by cross-validation. */
const SCALE_WEIGHT = 20;
const VARIANCE_WEIGHT = 4;
const ROBUST_BOUND = 1.5;
const SQUARE_BOUND = 3;

export function graphProfileOf(prior: GraphPrior, statistics: GraphStatistics): GraphProfile {
  const { strokes, sittings, corrections, types } = statistics;
  return {
    ...{ format: 1, table: prior.file.table, strokes, sittings, corrections },
    types: prior.file.types.map((moments, type) => typeProfile(prior, moments, type, types[type] ?? [])),
  };
}

interface Seen {
  readonly belief: GraphBelief;
  readonly count: number;
  /** Of the values kept. */
  readonly n: number;
  /** Robust mean minus what was believed. */
  readonly residual: number;
  /** Of one person's mean of this graph: his own graph effect and what is uncertain about the population's mean. */
  readonly open: number;
  /** Of the mean of n values around the person's own. */
  readonly noise: number;
  readonly squares: number;
}

function typeProfile(
  prior: GraphPrior,
  moments: GraphPriorType,
  type: number,
  samples: readonly GraphSample[],
): TypeProfile {
  const seen = samples.filter(({ values }) => values.length > 0).map((sample) => seenOf(prior, moments, type, sample));
  const offset = generalOffset(seen, moments);
  const classOffsets = classOffsetsOf(seen, offset, moments);
  const scale =
    (sum(seen, ({ squares, belief }) => squares / belief.within) + SCALE_WEIGHT) /
    (sum(seen, ({ n }) => n - 1) + SCALE_WEIGHT);
  const graphs: Record<string, readonly [number, number, number]> = {};
  for (const { belief, count, n, residual, open, noise, squares } of seen) {
    if (!belief.listed) continue;
    const shared = offset + (classOffsets[belief.kind] ?? 0);
    const mean = belief.mean + shared + (open / (open + noise)) * (residual - shared);
    const variance = (squares + VARIANCE_WEIGHT * scale * belief.within) / (n - 1 + VARIANCE_WEIGHT);
    graphs[belief.name] = [mean, variance, count];
  }
  return { offset, classOffsets, scale, graphs };
}

function seenOf(
  prior: GraphPrior,
  { personGraph }: GraphPriorType,
  type: number,
  { name, group, kind, count, values }: GraphSample,
): Seen {
  const belief = prior.belief({ type, graph: name, group, kind });
  const bound = ROBUST_BOUND * Math.sqrt(belief.within);
  const first = sum(values, (x) => x) / values.length;
  const mean = sum(values, (x) => Math.min(first + bound, Math.max(first - bound, x))) / values.length;
  const squares = sum(values, (x) => Math.min((x - mean) ** 2, SQUARE_BOUND ** 2 * belief.within));
  const n = values.length;
  const open = personGraph + belief.meanVariance;
  return { belief, count, n, residual: mean - belief.mean, open, noise: belief.within / n, squares };
}

function generalOffset(seen: readonly Seen[], { person, personClass }: GraphPriorType): number {
  const weight = ({ open, noise }: Seen): number => 1 / (personClass + open + noise);
  return sum(seen, (one) => one.residual * weight(one)) / (sum(seen, weight) + 1 / person);
}

function classOffsetsOf(seen: readonly Seen[], offset: number, { personClass }: GraphPriorType): number[] {
  const weight = ({ open, noise }: Seen): number => 1 / (open + noise);
  return Array.from({ length: KEY_CLASSES }, (_, kind) => {
    const own = seen.filter(({ belief }) => belief.kind === kind);
    return sum(own, (one) => (one.residual - offset) * weight(one)) / (sum(own, weight) + 1 / personClass);
  });
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}
