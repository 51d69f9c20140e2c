// A profile in, how well it explains single times of keys and pairs of keys out, each against the population. Student's t with 5
// degrees of freedom, because people hesitate: a single odd time proves little. Constants chosen on the development recordings by
// cross-validation.
import { HOLD, type GraphInstance } from '../features/graphs.ts';
import { correctionRatio, type CorrectionCounts } from '../learn/correction-habit.ts';
import type { GraphBelief, GraphPrior } from '../learn/graph-prior.ts';
import type { GraphProfile } from '../learn/graph-profile.ts';

export const DEGREES_OF_FREEDOM = 5;
export const TAIL = (DEGREES_OF_FREEDOM + 1) / 2;
/** No single time counts for more than this, in natural-log units. */
const [LOWEST, HIGHEST] = [-2.5, 1.5];

/** Variance of a person's offset from one day to another, on the log scale: 6 % of a hold, 3 % of a flight. */
const DAY_VARIANCE = { hold: 0.004, flight: 0.001 } as const;
/** Somebody who has been seen in one sitting only is expected as he was in that. */
const SITTINGS_FOR_DAYS = 2;

/** ln of Student's density but for a constant that both sides of a ratio have. */
const logT = (x: number, mean: number, variance: number): number =>
  -0.5 * Math.log(variance) - TAIL * Math.log(1 + (x - mean) ** 2 / (DEGREES_OF_FREEDOM * variance));

export const clipped = (ratio: number): number => Math.min(HIGHEST, Math.max(LOWEST, ratio));

/** A time with what the population says about it. */
export interface JudgedGraph {
  readonly belief: GraphBelief;
  readonly value: number;
  /** ln density in the population. */
  readonly population: number;
}

export const judged = (prior: GraphPrior, instance: GraphInstance): JudgedGraph =>
  judgedAt(prior.belief(instance), instance.value);

/** @param value on the log scale of GraphInstance. */
export const judgedAt = (belief: GraphBelief, value: number): JudgedGraph => ({
  belief,
  value,
  population: logT(value, belief.mean, belief.total),
});

export interface Expected {
  /** On the log scale of GraphInstance. */
  readonly mean: number;
  readonly variance: number;
  /** How often he typed it while he was learned; 0 for never. */
  readonly count: number;
}

/** One stretch of use, in which his offset of the day becomes known. */
export interface OwnerSitting {
  /** ln ratio owner : population of the next time, within -2.5 and 1.5. Each time is to be given once, in order. */
  readonly score: (graph: JudgedGraph) => number;
}

export interface OwnerModel {
  readonly expects: (belief: GraphBelief) => Expected;
  readonly sitting: () => OwnerSitting;
  /** ln ratio owner : population of how often a window was corrected. */
  readonly corrections: (window: CorrectionCounts) => number;
}

/** @throws Error when the profile was learned against another prior. */
export function ownerModel(prior: GraphPrior, profile: GraphProfile): OwnerModel {
  if (profile.table !== prior.file.table) {
    throw new Error(`the profile was learned against ${profile.table}, not ${prior.file.table}`);
  }
  const expects = ({ type, name, listed, kind, mean, within }: GraphBelief): Expected => {
    const own = profile.types[type];
    if (own === undefined) throw new Error(`the profile lacks graph type ${type}`);
    const graph = listed && Object.hasOwn(own.graphs, name) ? own.graphs[name] : undefined;
    if (graph !== undefined) return { mean: graph[0], variance: graph[1], count: graph[2] };
    const offset = own.offset + (own.classOffsets[kind] ?? 0);
    return { mean: mean + offset, variance: own.scale * within, count: 0 };
  };
  const days = profile.sittings >= SITTINGS_FOR_DAYS;
  return {
    expects,
    sitting: () => ownerSitting(expects, days),
    corrections: (window) => correctionRatio(prior.file.corrections, profile.corrections, window),
  };
}

/** A Kalman filter of a constant (Kalman, J. Basic Engineering 82, 1960), one a type; a time far out moves it less. */
function ownerSitting(expects: (belief: GraphBelief) => Expected, days: boolean): OwnerSitting {
  const open = (type: number): number => (type === HOLD ? DAY_VARIANCE.hold : DAY_VARIANCE.flight);
  const offsets = [0, 1, 2, 3].map((type) => ({ mean: 0, variance: days ? open(type) : 0 }));
  return {
    score: ({ belief, value, population }) => {
      const { mean, variance } = expects(belief);
      const offset = offsets[belief.type];
      if (offset === undefined) throw new Error(`there is no graph type ${belief.type}`);
      const deviation = value - mean - offset.mean;
      const ratio = clipped(logT(deviation, 0, variance + offset.variance) - population);
      const gain = offset.variance / (offset.variance + variance + deviation ** 2 / DEGREES_OF_FREEDOM);
      offset.mean += gain * deviation;
      offset.variance *= 1 - gain;
      return ratio;
    },
  };
}
