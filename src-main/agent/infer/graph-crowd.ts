// The population prior in, a crowd of invented people out: against whom the owner is compared, for want of real ones. Each is drawn
// from the prior: a general offset and a scale of variance per type, an offset per class, an effect per graph. The same crowd on
// every machine. A graph's effects are drawn when it is first typed, a byte each: 1 kB for a hold, 3 kB for the three times of a
// pair; with the shipped list and 1000 people at most 1.5 MB, and 0.3 MB for what is not of a graph.
import { KEY_CLASSES, PAIR_CLASSES } from '../features/graph-classes.ts';
import { GRAPH_TYPES, HOLD } from '../features/graphs.ts';
import { byBelief } from '../learn/by-belief.ts';
import { cholesky } from '../learn/cholesky.ts';
import { THETA_SIZE, type GraphBelief, type GraphPrior } from '../learn/graph-prior.ts';
import { numbersOf, type Numbers } from '../learn/quick-logs.ts';
import { quickNormals } from '../learn/quick-normals.ts';
import { createRandom } from '../learn/random.ts';
import { TAIL } from './owner-model.ts';

/** Fewer people lose, and the error rate then depends on the seed: 300 against 1000 by cross-validation and over seeds. */
export const CROWD_SIZE = 1000;
/** Frozen: another crowd moves error rates by a thousandth. */
export const CROWD_SEED = 5;

/** One standard deviation of a graph effect in the units that are kept: rounded to 1/32, cut off at 4. */
const EFFECT_UNITS = 32;
const MOST_UNITS = 127;

/** What each of the crowd expects of a graph: `shared[j] + step * effects[j]` above the population's mean. */
export interface CrowdGraph {
  readonly shared: Float32Array;
  readonly effects: Int8Array;
  readonly step: number;
}

export interface GraphCrowd {
  readonly people: number;
  /** Each one's variance over the population's, by type; its power by which a density falls with it; and that times one over it. */
  readonly scales: readonly Float64Array[];
  readonly roots: readonly Float64Array[];
  readonly slopes: readonly Float64Array[];
  /** A number for each, for whoever adds something up. */
  readonly factors: Numbers;
  readonly graph: (belief: GraphBelief) => CrowdGraph;
}

/** @throws Error for a covariance that no set of people has. */
export function graphCrowd(prior: GraphPrior, people = CROWD_SIZE, seed = CROWD_SEED): GraphCrowd {
  const thetas = drawThetas(prior, people, seed);
  const shared = GRAPH_TYPES.map((_, type) => sharedOffsets(thetas, type));
  const draw = effectsDrawer(prior, people, seed);
  const make = (belief: GraphBelief): CrowdGraph => {
    const offsets = shared[belief.type]?.[belief.kind];
    if (offsets === undefined) throw new Error(`there is no class ${belief.kind} of graph type ${belief.type}`);
    const spread = Math.sqrt(prior.file.types[belief.type]?.personGraph ?? 0);
    return { shared: offsets, effects: draw(belief), step: spread / EFFECT_UNITS };
  };
  const logScales = GRAPH_TYPES.map((_, type) => Float64Array.from(thetas, (theta) => theta[2 * type + 1] ?? 0));
  return {
    people,
    ...scalesOf(logScales),
    graph: byBelief(make),
  };
}

/** @param logScales of each person's variance over the population's, by type. */
export const scalesOf = (logScales: readonly Float64Array[]): Omit<GraphCrowd, 'people' | 'graph'> => ({
  scales: logScales.map((some) => some.map(Math.exp)),
  roots: logScales.map((some) => some.map((x) => Math.exp(x / 2 / TAIL))),
  slopes: logScales.map((some) => some.map((x) => Math.exp(x / 2 / TAIL - x))),
  factors: numbersOf(logScales[0]?.length ?? 0),
});

function drawThetas({ file: { theta } }: GraphPrior, people: number, seed: number): Float64Array[] {
  const factor = cholesky(squareOf(theta.covariance, THETA_SIZE), THETA_SIZE);
  const random = createRandom(seed);
  return Array.from({ length: people }, () => {
    const z = Float64Array.from({ length: THETA_SIZE }, () => random.normal());
    return times(factor, z).map((x, i) => x + (theta.mean[i] ?? 0));
  });
}

/** By class: each one's general offset plus that of the class. The order of the numbers is stated in graph-prior.ts. */
function sharedOffsets(thetas: readonly Float64Array[], type: number): Float32Array[] {
  const classes = type === HOLD ? KEY_CLASSES : PAIR_CLASSES;
  const from = 2 * GRAPH_TYPES.length + (type === HOLD ? 0 : KEY_CLASSES + (type - 1) * PAIR_CLASSES);
  return Array.from({ length: classes }, (_, kind) =>
    Float32Array.from(thetas, (theta) => (theta[2 * type] ?? 0) + (theta[from + kind] ?? 0)),
  );
}

/** The three times of a pair are drawn together, for they go together in one person. */
function effectsDrawer(prior: GraphPrior, people: number, seed: number): (belief: GraphBelief) => Int8Array {
  const [ppRp, ppRr, rpRr] = prior.file.graphCorrelation;
  const alone = Float64Array.of(1);
  const together = cholesky(squareOf([1, ppRp, 1, ppRr, rpRr, 1], 3), 3);
  const pairs = new Map<string, readonly Int8Array[]>();
  const scratch = new Float64Array(3 * people);
  return ({ type, name, listed }) => {
    const key = `${type === HOLD ? 'hold' : 'pair'} ${listed ? 'graph' : 'group'} ${name}`;
    const drawn = pairs.get(key) ?? drawEffects(hashOf(key, seed), type === HOLD ? alone : together, scratch);
    if (type !== HOLD) pairs.set(key, drawn);
    const own = drawn[type === HOLD ? 0 : type - 1];
    if (own === undefined) throw new Error(`there is no graph type ${type}`);
    return own;
  };
}

/**
 * @param factor lower, row-major; 1 x 1 or 3 x 3
 * @param scratch of three numbers a person
 */
function drawEffects(seed: number, factor: Float64Array, scratch: Float64Array): readonly Int8Array[] {
  const width = Math.sqrt(factor.length);
  // All at once: this is done whenever a graph is typed for the first time, while somebody types.
  quickNormals(seed, scratch.subarray(0, (scratch.length / 3) * width));
  return Array.from({ length: width }, (_, i) => {
    const column = new Int8Array(scratch.length / 3);
    const row = factor.subarray(i * width, (i + 1) * width);
    // Of a hold the second and the third have no weight.
    const [first = 0, second = 0, third = 0] = row;
    for (let j = 0, at = 0; j < column.length; j += 1, at += width) {
      const others = second * (scratch[at + 1] as number) + third * (scratch[at + 2] as number);
      const units = Math.round(EFFECT_UNITS * (first * (scratch[at] as number) + others));
      column[j] = units < -MOST_UNITS ? -MOST_UNITS : units > MOST_UNITS ? MOST_UNITS : units;
    }
    return column;
  });
}

/** @param triangle lower, row by row with the diagonal. @returns size x size, row-major, with zeros above the diagonal. */
function squareOf(triangle: readonly number[], size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => {
    const row = Math.floor(i / size);
    const column = i % size;
    return column <= row ? (triangle[(row * (row + 1)) / 2 + column] ?? 0) : 0;
  });
}

/** @param factor lower, row-major; @param z independent normal numbers, as many as it has rows. */
function times(factor: Float64Array, z: Float64Array): Float64Array {
  const size = z.length;
  return z.map((_, i) => {
    let total = 0;
    for (let j = 0; j <= i; j += 1) total += (factor[i * size + j] ?? 0) * (z[j] ?? 0);
    return total;
  });
}

/** FNV-1a (Fowler, Noll, Vo; RFC 9923), so that a graph's effects do not depend on which graphs were typed before. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
