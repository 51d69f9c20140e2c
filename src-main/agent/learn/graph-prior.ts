// The shipped population prior of keys and pairs of keys: how long people take for them, how much people differ and how much one
// person varies, as aggregate statistics of many people, nobody's samples. In: models/prior-graphs.json, built by
// src-main/evaluate/build-graph-prior.ts. Out: what is assumed of each graph, also of those that are not listed.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { KEY_CLASSES, PAIR_CLASSES } from '../features/graph-classes.ts';
import { GRAPH_TYPES, HOLD, type GraphInstance } from '../features/graphs.ts';

const variance = v.pipe(v.number(), v.gtValue(0));
const typeSchema = v.object({
  /** Variances of ln seconds: of one person from one keystroke to the next; between people; per class; per graph. */
  ...{ within: variance, person: variance, personClass: variance, personGraph: variance },
  /** Variance of the graphs' means around what is assumed of a graph that is not listed. */
  graphSpread: variance,
  mean: v.number(),
  /** One mean a class. */
  classMeans: v.array(v.number()),
  /** By group, as in GraphInstance; the class mean where a group is missing. */
  groupMeans: v.record(v.string(), v.number()),
  /** By name: mean, variance of that mean, variance within one person, people who typed it. */
  graphs: v.record(v.string(), v.tuple([v.number(), variance, variance, v.number()])),
});
const graphPriorSchema = v.object({
  format: v.literal(1),
  table: v.literal('graphs/1'),
  people: v.number(),
  keystrokes: v.number(),
  sources: v.array(v.object({ name: v.string(), citation: v.string(), licence: v.string() })),
  /** In the order of GRAPH_TYPES. */
  types: v.pipe(v.array(typeSchema), v.length(GRAPH_TYPES.length)),
  /**
   * What makes a person, 64 numbers: for each type the general offset and ln of the scale of his variance, then for each type an
   * offset per class. `covariance` is the lower triangle with its diagonal, row by row.
   */
  theta: v.object({ mean: v.array(v.number()), covariance: v.array(v.number()) }),
  /** Correlation of one person's graph effects between pp and rp, pp and rr, rp and rr. */
  graphCorrelation: v.tuple([v.number(), v.number(), v.number()]),
  /** How often people correct, as in correction-habit.ts. */
  corrections: v.object({ share: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)), concentration: variance }),
  /** LLR = slope * s + intercept, by keystrokes in the window, ascending; and how it was measured. */
  calibration: v.object({
    measured: v.string(),
    sizes: v.pipe(v.array(v.object({ keys: v.number(), slope: v.number(), intercept: v.number() })), v.minLength(1)),
  }),
});
export type GraphPriorFile = v.InferOutput<typeof graphPriorSchema>;
export type GraphPriorType = GraphPriorFile['types'][number];

export const THETA_SIZE = GRAPH_TYPES.length * 2 + KEY_CLASSES + 3 * PAIR_CLASSES;

/** What is assumed of a graph before its owner has typed it. Values on the log scale of GraphInstance. */
export interface GraphBelief {
  /** Counts those of its prior, in the order in which they were first asked for: what is known of each can be kept in an array. */
  readonly place: number;
  readonly type: number;
  /** Of a listed graph; for all others that of their group, so that nothing finer can be kept. */
  readonly name: string;
  readonly listed: boolean;
  readonly kind: number;
  readonly mean: number;
  /** How uncertain the mean is. */
  readonly meanVariance: number;
  /** Of one person from one keystroke to the next. */
  readonly within: number;
  /** Of anybody's keystroke around the mean. */
  readonly total: number;
}

export interface GraphPrior {
  readonly file: GraphPriorFile;
  /** The same object for the same graph, so that it can be the key of a map. */
  readonly belief: (instance: Pick<GraphInstance, 'type' | 'graph' | 'group' | 'kind'>) => GraphBelief;
}

/** @throws Error naming the file when it is missing or malformed. */
export async function loadGraphPrior(modelsDir: string): Promise<GraphPrior> {
  const file = path.join(modelsDir, 'prior-graphs.json');
  const parsed = v.safeParse(graphPriorSchema, JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`population prior ${file} is malformed: ${parsed.issues[0].message}`);
  return graphPriorOf(parsed.output);
}

/** @throws Error for tables of the wrong size. */
export function graphPriorOf(file: GraphPriorFile): GraphPrior {
  checkSizes(file);
  const listed = file.types.map(() => new Map<string, GraphBelief>());
  const groups = file.types.map(() => new Map<string, GraphBelief>());
  let places = 0;
  return {
    file,
    belief: ({ type, graph, group, kind }) => {
      const known = listed[type]?.get(graph);
      if (known !== undefined) return known;
      const moments = file.types[type];
      if (moments === undefined) throw new Error(`there is no graph type ${type}`);
      const own = Object.hasOwn(moments.graphs, graph) ? moments.graphs[graph] : undefined;
      const kept = own === undefined ? groups[type]?.get(group) : undefined;
      if (kept !== undefined) return kept;
      const place = places++;
      const made =
        own === undefined
          ? groupBelief(moments, { place, type, name: group, kind })
          : listedBelief(moments, { place, type, name: graph, kind });
      (made.listed ? listed : groups)[type]?.set(made.name, made);
      return made;
    },
  };
}

type Place = Pick<GraphBelief, 'place' | 'type' | 'name' | 'kind'>;

function listedBelief(moments: GraphPriorType, of: Place): GraphBelief {
  const [mean, meanVariance, within] = moments.graphs[of.name] ?? [moments.mean, moments.graphSpread, moments.within];
  return { ...of, listed: true, mean, meanVariance, within, total: totalOf(moments, meanVariance, within) };
}

function groupBelief(moments: GraphPriorType, of: Place): GraphBelief {
  const known = Object.hasOwn(moments.groupMeans, of.name) ? moments.groupMeans[of.name] : undefined;
  const mean = known ?? moments.classMeans[of.kind] ?? moments.mean;
  const { graphSpread: meanVariance, within } = moments;
  return { ...of, listed: false, mean, meanVariance, within, total: totalOf(moments, meanVariance, within) };
}

const totalOf = ({ person, personClass, personGraph }: GraphPriorType, meanVariance: number, within: number): number =>
  within + meanVariance + person + personClass + personGraph;

function checkSizes({ types, theta }: GraphPriorFile): void {
  for (const [type, { classMeans }] of types.entries()) {
    const classes = type === HOLD ? KEY_CLASSES : PAIR_CLASSES;
    if (classMeans.length !== classes) {
      throw new Error(
        `population prior of graphs: ${classMeans.length} classes of ${GRAPH_TYPES[type]}, not ${classes}`,
      );
    }
  }
  const triangle = (THETA_SIZE * (THETA_SIZE + 1)) / 2;
  if (theta.mean.length !== THETA_SIZE || theta.covariance.length !== triangle) {
    throw new Error(`population prior of graphs: a person is ${THETA_SIZE} numbers, not ${theta.mean.length}`);
  }
}
