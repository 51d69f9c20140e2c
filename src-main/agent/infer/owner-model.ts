// A profile in, how well it explains single times of keys and pairs of keys out, each against the population. Student's t with 5
// degrees of freedom, because people hesitate: a single odd time proves little. Constants chosen on the development recordings by
// cross-validation.
import { KEY_CLASSES, PAIR_CLASSES } from '../features/graph-classes.ts';
import { GRAPH_TYPES, HOLD, type GraphInstance } from '../features/graphs.ts';
import { correctionRatio, type CorrectionCounts } from '../learn/correction-habit.ts';
import { byBelief } from '../learn/by-belief.ts';
import type { GraphBelief, GraphPrior } from '../learn/graph-prior.ts';
import type { GraphProfile } from '../learn/graph-profile.ts';

export const DEGREES_OF_FREEDOM = 5;
export const TAIL = (DEGREES_OF_FREEDOM + 1) / 2;
/** No single time counts for more than this, in natural-log units. */
export const LOWEST = -2.5;
export const HIGHEST = 1.5;

/** Variances of what is followed of a person, on the log scale: his offset, and those of the classes of keys and pairs. */
interface FollowedVariances {
  readonly hold: number;
  readonly flight: number;
  readonly classHold: number;
  readonly classFlight: number;
}

/** From one day to another: 6 % of a hold, 3 % of a flight. */
const OF_DAY: FollowedVariances = { hold: 0.004, flight: 0.001, classHold: 0, classFlight: 0 };
/** Somebody who goes on typing, by class too: 4 % and 3 %. Chosen on the development recordings for the error rates of the filter. */
const RUNNING: FollowedVariances = { ...OF_DAY, classHold: 0.002, classFlight: 0.001 };
const NOTHING: FollowedVariances = { hold: 0, flight: 0, classHold: 0, classFlight: 0 };
/** Standard deviations. He is followed no further than he goes himself, or somebody else would be followed to where he is. */
const FURTHEST = 2.5;
/** Somebody who has been seen in one sitting only is expected as he was in that. */
const SITTINGS_FOR_DAYS = 2;

/**
 * One over the square of Student's density, but for a constant that both sides of a ratio have: variance factor^(2 TAIL). The power is 6,
 * and no time is so far out that it would not be a number. No logarithm is taken, for it is what takes the time.
 */
export function thinness(deviation: number, variance: number): number {
  const factor = 1 + (deviation * deviation) / (DEGREES_OF_FREEDOM * variance);
  const cube = factor * factor * factor;
  return variance * cube * cube;
}

const clipped = (ratio: number): number => Math.min(HIGHEST, Math.max(LOWEST, ratio));
/** The bounds of a ratio as those of a quotient of two such numbers: ratio = -ln(quotient) / 2. */
const LEAST_QUOTIENT = Math.exp(-2 * HIGHEST);
const MOST_QUOTIENT = Math.exp(-2 * LOWEST);

/** e^(-2 ratio) within the bounds of a ratio. @param own, others the thinness of a time under either */
export const clippedQuotient = (own: number, others: number): number =>
  Math.min(MOST_QUOTIENT, Math.max(LEAST_QUOTIENT, own / others));

/** A time with what the population says about it. */
export interface JudgedGraph {
  readonly belief: GraphBelief;
  readonly value: number;
  /** ln density in the population. */
  readonly population: number;
  /** The same as {@link thinness}. */
  readonly thinness: number;
}

export const judged = (prior: GraphPrior, instance: GraphInstance): JudgedGraph =>
  judgedAt(prior.belief(instance), instance.value);

/** @param value on the log scale of GraphInstance. */
export function judgedAt(belief: GraphBelief, value: number): JudgedGraph {
  const inPopulation = thinness(value - belief.mean, belief.total);
  return { belief, value, population: -0.5 * Math.log(inPopulation), thinness: inPopulation };
}

export interface Expected {
  /** On the log scale of GraphInstance. */
  readonly mean: number;
  readonly variance: number;
  /** How often he typed it while he was learned; 0 for never. */
  readonly count: number;
}

/** One stretch of use, in which his offset of the day becomes known. */
export interface OwnerSitting {
  /** ln ratio owner : population of the next time, within -2.5 and 1.5. Each time is to be given once, in order, to this or the other. */
  readonly score: (graph: JudgedGraph) => number;
  /** e^(-2 score): of several times the product of these tells the sum of those with one logarithm. */
  readonly quotient: (graph: JudgedGraph) => number;
}

export interface OwnerModel {
  readonly expects: (belief: GraphBelief) => Expected;
  /** For one window by itself: he is followed only where several sittings have shown that he changes. */
  readonly sitting: () => OwnerSitting;
  /** What is followed in such a window, by type, when it begins. */
  readonly offsets: () => readonly Offset[];
  /**
   * For a stretch that goes on. His offsets of the moment are followed from its first time on: what he is today then counts once, and
   * not with every keystroke again.
   */
  readonly running: () => OwnerSitting;
  /** ln ratio owner : population of how often a window was corrected. */
  readonly corrections: (window: CorrectionCounts) => number;
}

/** @throws Error when the profile was learned against another prior. */
export function ownerModel(prior: GraphPrior, profile: GraphProfile): OwnerModel {
  if (profile.table !== prior.file.table) {
    throw new Error(`the profile was learned against ${profile.table}, not ${prior.file.table}`);
  }
  // A profile does not change, and a graph is asked for again and again.
  const expects = byBelief(({ type, name, listed, kind, mean, within }): Expected => {
    const own = profile.types[type];
    if (own === undefined) throw new Error(`the profile lacks graph type ${type}`);
    const graph = listed && Object.hasOwn(own.graphs, name) ? own.graphs[name] : undefined;
    if (graph !== undefined) return { mean: graph[0], variance: graph[1], count: graph[2] };
    const offset = own.offset + (own.classOffsets[kind] ?? 0);
    return { mean: mean + offset, variance: own.scale * within, count: 0 };
  });
  const days = profile.sittings >= SITTINGS_FOR_DAYS;
  return {
    expects,
    sitting: () => ownerSitting(expects, days ? OF_DAY : NOTHING),
    offsets: () => offsetsOf(days ? OF_DAY : NOTHING),
    running: () => ownerSitting(expects, RUNNING),
    corrections: (window) => correctionRatio(prior.file.corrections, profile.corrections, window),
  };
}

/**
 * A Kalman filter (Kalman, J. Basic Engineering 82, 1960) of two constants a time, the offset of its type and that of its class. What
 * they have to do with each other is left out, and a time far out moves both less.
 */
function ownerSitting(expects: (belief: GraphBelief) => Expected, open: FollowedVariances): OwnerSitting {
  const offsets = offsetsOf(open);
  const classes = GRAPH_TYPES.map((_, type) =>
    Array.from({ length: type === HOLD ? KEY_CLASSES : PAIR_CLASSES }, () =>
      offsetOf(type === HOLD ? open.classHold : open.classFlight),
    ),
  );
  /** @returns the thinness of the time as the owner makes it */
  const next = ({ belief, value }: JudgedGraph): number => {
    const { mean, variance } = expects(belief);
    const own = offsets[belief.type];
    const ofClass = classes[belief.type]?.[belief.kind];
    if (own === undefined) throw new Error(`there is no graph type ${belief.type}`);
    if (ofClass === undefined) throw new Error(`there is no class ${belief.kind} of graph type ${belief.type}`);
    const deviation = value - mean - own.mean - ofClass.mean;
    const all = variance + own.variance + ofClass.variance;
    const thin = thinness(deviation, all);
    if (own.variance > 0 || ofClass.variance > 0) {
      const seen = seenWith(deviation, all);
      if (own.variance > 0) follow(own, deviation, seen);
      if (ofClass.variance > 0) follow(ofClass, deviation, seen);
    }
    return thin;
  };
  return {
    score: (graph) => clipped(-0.5 * Math.log(next(graph) / graph.thinness)),
    quotient: (graph) => clippedQuotient(next(graph), graph.thinness),
  };
}

/** What is followed of a person: a mean that becomes known, and how uncertain it is. */
export interface Offset {
  mean: number;
  variance: number;
  readonly furthest: number;
}

/** The variance that one deviation is taken to have: a time far out moves what is followed less. */
export const seenWith = (deviation: number, variance: number): number =>
  variance + (deviation * deviation) / DEGREES_OF_FREEDOM;

/** @param all variance of the deviation. */
export function follow(offset: Offset, deviation: number, all: number): void {
  const gain = offset.variance / all;
  offset.mean = Math.min(offset.furthest, Math.max(-offset.furthest, offset.mean + gain * deviation));
  offset.variance *= 1 - gain;
}

/** By type. */
const offsetsOf = (open: FollowedVariances): readonly Offset[] =>
  GRAPH_TYPES.map((_, type) => offsetOf(type === HOLD ? open.hold : open.flight));

const offsetOf = (variance: number): Offset => ({
  ...{ mean: 0, variance, furthest: FURTHEST * Math.sqrt(variance) },
});
