// What was typed while nothing could be learned in; out, when somebody vouches for it, its times of keys and pairs of keys. In memory
// alone, bounded, and without the order of keys: what was typed can't be read from it.
import type { Typed } from './graph-window.ts';
import type { GraphPrior } from './learn/graph-prior.ts';
import { graphLearner, type GraphLearner, type GraphStatistics } from './learn/graph-statistics.ts';
import type { Random } from './learn/random.ts';
import { MOST_UNLEARNED_MS } from './track.ts';

export interface UnlearnedTyping {
  readonly add: (typed: Typed) => void;
  /** Takes out everything; null where there is nothing. */
  readonly take: () => GraphStatistics | null;
}

const MOST_KEYS = 5000;

export function unlearnedTyping(prior: GraphPrior, random: Random): UnlearnedTyping {
  let held: { readonly learner: GraphLearner; readonly sinceUs: number; keys: number } | null = null;
  return {
    add: ({ atUs, keys, instances }) => {
      held ??= { learner: graphLearner(prior, random, { reservoir: Infinity }), sinceUs: atUs, keys: 0 };
      // What came first is what an alarm is about.
      if (held.keys + keys > MOST_KEYS || atUs > held.sinceUs + MOST_UNLEARNED_MS * 1000) return;
      for (const instance of instances) held.learner.add(instance);
      held.learner.addStrokes(keys);
      held.keys += keys;
    },
    take: () => {
      const all = held?.learner.statistics() ?? null;
      held = null;
      return all;
    },
  };
}
