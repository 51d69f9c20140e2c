// What somebody is like and how he changes in, times of keys out. All of it is invented: nobody recorded such days.
import { keyClassOf, pairClassOf } from '../agent/features/graph-classes.ts';
import { HOLD, pairGroupOf, PRESSES } from '../agent/features/graphs.ts';
import { DEGREES_OF_FREEDOM, ownerModel, type Expected } from '../agent/infer/owner-model.ts';
import type { GraphPrior } from '../agent/learn/graph-prior.ts';
import { graphLearner, type GraphStatistics } from '../agent/learn/graph-statistics.ts';
import { createRandom, type Random } from '../agent/learn/random.ts';
import type { InputEvent } from '../agent/events.ts';
import { learnedFrom, typedIn } from './detect-graphs.ts';
import type { Enrolment } from './detector.ts';
import { retimed, type Retiming } from './retimed-typing.ts';

/** What is expected of one person, on the logarithmic scale of features/graphs.ts. */
export interface Typist {
  readonly hold: (key: string) => Expected;
  readonly interval: (first: string, second: string) => Expected;
}

/** @param recordings all that the typist is to be made from. */
export function typistOf(prior: GraphPrior, recordings: Enrolment): Typist {
  const { expects } = ownerModel(prior, learnedFrom(prior, recordings));
  const of = (type: number, graph: string, group: string, kind: number): Expected =>
    expects(prior.belief({ type, graph, group, kind }));
  return {
    hold: (key) => of(HOLD, key, String(keyClassOf(key)), keyClassOf(key)),
    interval: (first, second) =>
      of(PRESSES, `${first}|${second}`, pairGroupOf(first, second), pairClassOf(first, second)),
  };
}

/** Seconds that holds and intervals between presses have added before their logarithm is taken, and their bounds. */
const OFFSET_S = 0.03;
const HOLD_BOUNDS = [0.02, 0.6] as const;
const INTERVAL_BOUNDS = [0.01, 1] as const;
/** A longer pause is no interval between two keys: it stays what it is. */
const PAUSE_S = 1;

const within = (x: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, x));
const changed = (s: number, by: number): number => (s + OFFSET_S) * Math.exp(by) - OFFSET_S;

/** The same keys typed anew: every time drawn from what is expected of him. Without new times a model would learn the old ones by heart. */
export function anew({ hold, interval }: Typist, random: Random): Retiming {
  const drawn = ({ mean, variance }: Expected): number =>
    Math.exp(mean + Math.sqrt(variance) * student(random)) - OFFSET_S;
  return {
    hold: (_, key) => within(drawn(hold(key)), HOLD_BOUNDS),
    interval: (s, first, second) => (s > PAUSE_S ? s : within(drawn(interval(first, second)), INTERVAL_BOUNDS)),
  };
}

/** Student's t (1908): a normal number over the root of a mean of squares of others. */
function student(random: Random): number {
  let squares = 0;
  for (let i = 0; i < DEGREES_OF_FREEDOM; i += 1) squares += random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / DEGREES_OF_FREEDOM);
}

/** What is learned of somebody who types the same keys so often, each time anew. */
export function learnedAnew(
  prior: GraphPrior,
  typist: Typist,
  events: readonly InputEvent[],
  strokes: number,
): GraphStatistics {
  const learner = graphLearner(prior, createRandom(1));
  learner.addSitting();
  for (let [typed, round] = [0, 0]; typed < strokes; round += 1) {
    const { instances, keys } = typedIn([retimed(events, anew(typist, createRandom(1000 + round)))]);
    for (const instance of instances) learner.add(instance);
    learner.addStrokes(keys);
    typed += keys;
  }
  return learner.statistics();
}

/** Every hold and every interval, by these factors. */
export const slower = (hold: number, interval: number): Retiming => ({
  hold: (s) => s * hold,
  interval: (s) => s * interval,
});

/**
 * Towards another one who knows how the two differ: each key and each pair by a share of the way from what is expected of the one to what
 * is expected of the other; 0 the one's own times, 1 the other's means with the one's deviations.
 */
export const towards = (from: Typist, to: Typist, share: number): Retiming => ({
  hold: (s, key) => changed(s, share * (to.hold(key).mean - from.hold(key).mean)),
  interval: (s, first, second) =>
    s > PAUSE_S ? s : changed(s, share * (to.interval(first, second).mean - from.interval(first, second).mean)),
});

/** One after the other. */
export const both = (first: Retiming, second: Retiming): Retiming => ({
  hold: (s, key) => second.hold(first.hold(s, key), key),
  interval: (s, one, other) => second.interval(first.interval(s, one, other), one, other),
});
