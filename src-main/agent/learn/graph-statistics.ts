// One person's times of keys and pairs of keys in, what must be kept of them to learn from out: plain JSON, bounded, without any
// order of keys. Graphs that the shipped list does not name are kept under the fingers that type them.
import { PAIR_CLASS } from '../features/graph-classes.ts';
import { GRAPH_TYPES, PRESSES, type GraphInstance } from '../features/graphs.ts';
import type { CorrectionCounts } from './correction-habit.ts';
import type { GraphPrior } from './graph-prior.ts';
import type { Random } from './random.ts';

/**
 * What is kept of the times of one graph: how often it came and at most {@link RESERVOIR} values, each of all with the same chance.
 * `kind` is the class, `listed` says whether `name` is of the prior's list; other graphs are kept under their group of fingers.
 */
export interface GraphSample {
  readonly name: string;
  readonly group: string;
  readonly kind: number;
  count: number;
  readonly values: number[];
}

/** By type, in the order of GRAPH_TYPES. At most 0.5 MB of values with the shipped list. */
export interface GraphStatistics {
  readonly strokes: number;
  /** Stretches of use with hours between them. */
  readonly sittings: number;
  readonly corrections: CorrectionCounts;
  readonly types: readonly (readonly GraphSample[])[];
}

export interface GraphLearner {
  readonly add: (instance: GraphInstance) => void;
  /** Counts strokes; the profile says of how many it is. */
  readonly addStrokes: (count: number) => void;
  /** Before the first keystroke of each stretch of use. */
  readonly addSitting: () => void;
  /** Adds what another learner of the same prior has kept of all that came, as if it had come here. */
  readonly addAll: (statistics: GraphStatistics) => void;
  /**
   * What was learned so far counts for less than what comes: so many of its values, drawn by chance, are kept.
   * @param share 0-1
   */
  readonly fade: (share: number) => void;
  readonly statistics: () => GraphStatistics;
}

/** More values of one graph hardly move its mean: 64 of them leave an eighth of one keystroke's spread. */
export const RESERVOIR = 64;

/** @param before what was learned already, of the same prior. */
export function graphLearner(
  prior: GraphPrior,
  random: Random,
  { before, reservoir = RESERVOIR }: { readonly before?: GraphStatistics; readonly reservoir?: number } = {},
): GraphLearner {
  const types = GRAPH_TYPES.map((_, type) => {
    const known = (before?.types[type] ?? []).map((sample) => ({ ...sample, values: [...sample.values] }));
    return new Map<string, GraphSample>(known.map((sample) => [sample.name, sample]));
  });
  let { strokes, sittings } = before ?? { strokes: 0, sittings: 0 };
  let { pairs, corrections } = before?.corrections ?? { pairs: 0, corrections: 0 };
  const add = (instance: GraphInstance): void => {
    const { type, value } = instance;
    if (type === PRESSES) pairs += 1;
    if (type === PRESSES && instance.kind === PAIR_CLASS.toCorrection) corrections += 1;
    const sample = sampleOf(types[type] ?? new Map<string, GraphSample>(), prior, instance);
    sample.count += 1;
    // Algorithm R: J. Vitter, ACM Transactions on Mathematical Software 11, 1985.
    const place = sample.values.length < reservoir ? sample.values.length : random.int(sample.count);
    if (place < reservoir) sample.values[place] = value;
  };
  return {
    add,
    addStrokes: (count) => {
      strokes += count;
    },
    addSitting: () => {
      sittings += 1;
    },
    addAll: (statistics) => {
      for (const [type, samples] of statistics.types.entries()) {
        // Under the name of its group a graph that is not listed is one of that group.
        for (const { name: graph, group, kind, values } of samples)
          for (const value of values) add({ type, graph, group, kind, value });
      }
      strokes += statistics.strokes;
    },
    fade: (share) => {
      for (const samples of types) {
        for (const [name, sample] of samples) {
          const values = drawn(sample.values, Math.round(share * sample.values.length), random);
          // As if no more had come: what comes next finds a place among them.
          if (values.length === 0) samples.delete(name);
          else samples.set(name, { ...sample, count: values.length, values });
        }
      }
      strokes = Math.round(share * strokes);
      pairs = Math.round(share * pairs);
      corrections = Math.round(share * corrections);
    },
    statistics: () => ({
      ...{ strokes, sittings, corrections: { pairs, corrections } },
      // By name and by size: the order of coming would tell the first words that were typed.
      types: types.map((samples) =>
        [...samples.values()]
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map((one) => ({ ...one, values: inOrder(one.values) })),
      ),
    }),
  };
}

/** Each minute of thousands of graphs: half the cost of sorting with a comparison. */
function inOrder(values: readonly number[]): number[] {
  const sorted = new Float64Array(values).sort();
  const all: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) all.push(sorted[i] as number);
  return all;
}

function sampleOf(samples: Map<string, GraphSample>, prior: GraphPrior, instance: GraphInstance): GraphSample {
  const belief = prior.belief(instance);
  const name = belief.listed ? belief.name : `${UNLISTED}${belief.name}`;
  const { group, kind } = instance;
  const sample = samples.get(name) ?? { name, group, kind, count: 0, values: [] };
  samples.set(name, sample);
  return sample;
}

/** So many of them, each with the same chance (Fisher and Yates). */
function drawn(values: readonly number[], count: number, random: Random): number[] {
  const all = [...values];
  for (let i = 0; i < count; i += 1) {
    const j = i + random.int(all.length - i);
    const [a = 0, b = 0] = [all[i], all[j]];
    [all[i], all[j]] = [b, a];
  }
  return all.slice(0, count);
}

/** Before the group of fingers that stands for graphs outside the list; no key's name begins with it and has a comma. */
const UNLISTED = '#';
