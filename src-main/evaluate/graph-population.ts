// Several people's keystrokes in, the population prior of keys and pairs of keys out: aggregate statistics, nobody's samples. What
// ships is built with it, and so is the prior of an evaluation that must not know the people under test.
import { pairClassOf } from '../agent/features/graph-classes.ts';
import { GRAPH_TYPES, keysOf, type GraphInstance } from '../agent/features/graphs.ts';
import { graphPriorOf, type GraphPrior, type GraphPriorFile } from '../agent/learn/graph-prior.ts';
import type { CorrectionCounts, CorrectionPrior } from '../agent/learn/correction-habit.ts';
import { graphProfileOf, type GraphProfile } from '../agent/learn/graph-profile.ts';
import { graphLearner } from '../agent/learn/graph-statistics.ts';
import { createRandom } from '../agent/learn/random.ts';
import { typedIn } from './detect-graphs.ts';
import type { Enrolment } from './detector.ts';
import type { GraphCalibration } from './graph-calibration.ts';
import { graphMoments } from './graph-moments.ts';

/** Share of the covariances kept beside the variances: 64 numbers of some 80 people (Ledoit & Wolf 2004, with a fixed share). */
const COVARIANCE_SHARE = 0.9;
/** A graph effect tells something about a person from this many keystrokes on. */
const MIN_COUNT = 3;

/** @param people all recordings of each. No time is measured from one recording to the next. */
export function graphPriorFileFrom(
  people: readonly Enrolment[],
  calibration: GraphCalibration,
  sources: GraphPriorFile['sources'],
): GraphPriorFile {
  const typed = people.map(typedIn);
  const instances = typed.map((one) => one.instances);
  const types = GRAPH_TYPES.map((_, type) =>
    graphMoments(instances.map((all) => all.filter((one) => one.type === type))),
  );
  const draft: GraphPriorFile = {
    ...{ format: 1, table: 'graphs/1', people: people.length, sources, types, calibration },
    keystrokes: typed.reduce((sum, { keys }) => sum + keys, 0),
    theta: unknownTheta(types),
    graphCorrelation: [0, 0, 0],
    corrections: { share: 0.5, concentration: 1 },
  };
  const prior = graphPriorOf(draft);
  const profiles = instances.map((all) => profileOf(prior, all));
  return {
    ...draft,
    theta: thetaOf(profiles),
    graphCorrelation: correlationOf(prior, profiles),
    corrections: correctionsOf(profiles.map(({ corrections }) => corrections)),
  };
}

/** All values count here, so nothing is left to chance. */
function profileOf(prior: GraphPrior, instances: readonly GraphInstance[]): GraphProfile {
  const learner = graphLearner(prior, createRandom(1), { reservoir: Number.POSITIVE_INFINITY });
  for (const instance of instances) learner.add(instance);
  return graphProfileOf(prior, learner.statistics());
}

function unknownTheta(types: GraphPriorFile['types']): GraphPriorFile['theta'] {
  const size = types.length * 2 + types.reduce((sum, { classMeans }) => sum + classMeans.length, 0);
  return { mean: Array<number>(size).fill(0), covariance: Array<number>((size * (size + 1)) / 2).fill(0) };
}

/** Mean and covariance of what makes a person; the order is stated in graph-prior.ts. */
function thetaOf(profiles: readonly GraphProfile[]): GraphPriorFile['theta'] {
  const rows = profiles.map(({ types }) => [
    ...types.flatMap(({ offset, scale }) => [offset, Math.log(scale)]),
    ...types.flatMap(({ classOffsets }) => classOffsets),
  ]);
  const mean = (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / rows.length);
  const covariance: number[] = [];
  for (let i = 0; i < mean.length; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const product = (row: readonly number[]): number => ((row[i] ?? 0) - at(mean, i)) * ((row[j] ?? 0) - at(mean, j));
      const value = rows.reduce((sum, row) => sum + product(row), 0) / Math.max(1, rows.length - 1);
      covariance.push(round(i === j ? value + 1e-9 : COVARIANCE_SHARE * value));
    }
  }
  return { mean: mean.map(round), covariance };
}

/**
 * Mean share and concentration of the beta distribution by the method of moments. Who never corrected is left out: in a set of
 * flawless repetitions nobody could.
 */
function correctionsOf(all: readonly CorrectionCounts[]): CorrectionPrior {
  const people = all.filter(({ corrections }) => corrections > 0);
  const average = (of: (one: CorrectionCounts) => number): number =>
    people.reduce((sum, one) => sum + of(one), 0) / Math.max(1, people.length);
  const share = Math.max(
    1e-3,
    average(({ pairs, corrections }) => corrections / pairs),
  );
  const binomial = share * (1 - share);
  const chance = average(({ pairs }) => binomial / pairs);
  const variance = average(({ pairs, corrections }) => (corrections / pairs - share) ** 2) - chance;
  // Too few people may look more alike than chance allows; they are then taken to differ by a tenth of chance.
  return { share: round(share), concentration: round(Math.max(1, binomial / Math.max(variance, 0.1 * chance) - 1)) };
}

/** How one person's effects on the three times of a pair go together, over all people and pairs. */
function correlationOf(prior: GraphPrior, profiles: readonly GraphProfile[]): GraphPriorFile['graphCorrelation'] {
  const effects = profiles.flatMap((profile) =>
    Object.entries(profile.types[1]?.graphs ?? {}).flatMap(([name, [, , count]]) => {
      const of = [1, 2, 3].map((type) => effectOf(prior, profile, type, name));
      return count >= MIN_COUNT && of.every((effect) => effect !== null) ? [of] : [];
    }),
  );
  const between = (i: number, j: number): number =>
    round(correlation(effects.map((of) => [of[i] ?? 0, of[j] ?? 0] as const)));
  return [between(0, 1), between(0, 2), between(1, 2)];
}

function effectOf(prior: GraphPrior, profile: GraphProfile, type: number, name: string): number | null {
  const own = profile.types[type];
  const graph = own?.graphs[name];
  const mean = prior.file.types[type]?.graphs[name]?.[0];
  if (own === undefined || graph === undefined || mean === undefined) return null;
  const [first, second] = keysOf(name);
  return graph[0] - mean - own.offset - (own.classOffsets[pairClassOf(first, second)] ?? 0);
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: (pair: readonly [number, number]) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / Math.max(1, pairs.length);
  const [a, b] = [mean(([x]) => x), mean(([, y]) => y)];
  const covariance = mean(([x, y]) => (x - a) * (y - b));
  const spread = Math.sqrt(mean(([x]) => (x - a) ** 2) * mean(([, y]) => (y - b) ** 2));
  return spread > 0 ? covariance / spread : 0;
}

const at = (values: readonly number[], i: number): number => values[i] ?? 0;
const round = (x: number): number => Number(x.toPrecision(5));
