// A stretch of the owner's typing in, the same stretch as invented people would have typed it out: the same keys, the same hesitations,
// at their speed. For want of other people it tells how easily one of them is taken for the owner.
import { graphCrowd } from '../infer/graph-crowd.ts';
import { judgedAt, type JudgedGraph, type OwnerModel } from '../infer/owner-model.ts';
import type { GraphPrior } from './graph-prior.ts';

/**
 * People drawn from the prior key by key are too unlike each other: real ones learned to type in the same few ways and sit at the same
 * kind of keyboard. So an invented person differs from the owner by between this share and all of what an independent draw would. Chosen
 * on BB-MAS by cross-validation over people (measure-held-out.ts).
 */
export const LEAST_UNLIKE = 0.5;

export interface InventedTypists {
  readonly count: number;
  /** What the person, from 0 on, would have typed. */
  readonly typing: (person: number, graphs: readonly JudgedGraph[], owner: OwnerModel) => readonly JudgedGraph[];
}

/** @param seed of the people; another one than that of the crowd that they are scored against, or they would be in it. */
export function inventedTypists(
  prior: GraphPrior,
  count: number,
  seed: number,
  leastUnlike = LEAST_UNLIKE,
): InventedTypists {
  const people = graphCrowd(prior, count, seed);
  // Evenly spread, for few of them: one near the owner tells more than all that are far from him.
  const unlike = (person: number): number => leastUnlike + (1 - leastUnlike) * ((person + 0.5) / count);
  return {
    count,
    typing: (person, graphs, owner) => {
      const share = unlike(person);
      return graphs.map(({ belief, value }) => {
        const own = owner.expects(belief);
        const { shared, effects, step } = people.graph(belief);
        const mean = belief.mean + (shared[person] ?? 0) + step * (effects[person] ?? 0);
        const variance = belief.within * (people.scales[belief.type]?.[person] ?? 1);
        // The owner's own deviation, at the other's scale: what is hard to type makes everybody hesitate.
        const deviation = (value - own.mean) * Math.sqrt(variance / own.variance);
        return judgedAt(belief, own.mean + share * (mean - own.mean) + deviation);
      });
    },
  };
}
