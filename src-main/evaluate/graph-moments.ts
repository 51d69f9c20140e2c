// Times of one graph type of several people in, the moments of the population out: what people take for each graph on average, how
// much people differ in general, by class and by graph, and how much one person varies. Aggregate statistics only: a graph that
// fewer than MIN_PEOPLE typed is not named. Variances by the method of moments; constants chosen on the development recordings.
import { KEY_CLASSES } from '../agent/features/graph-classes.ts';
import type { GraphInstance } from '../agent/features/graphs.ts';
import type { GraphPriorType } from '../agent/learn/graph-prior.ts';

/** Otherwise a mean of the population would be that of one or two persons. */
const MIN_PEOPLE = 3;
/** Weights, in keystrokes (variance) and in people (means), of what a graph shares with others. */
const WITHIN_WEIGHT = 20;
const GROUP_WEIGHT = 10;
/** A graph has at most the say of this many people in the mean of its group. */
const MOST_SAY = 5;
const ROUNDS = 8;
/** For the degrees of freedom that went into the fitted offsets. */
const GRAPH_SPREAD_CORRECTION = 1.15;

interface Cell {
  readonly n: number;
  readonly mean: number;
  readonly squares: number;
}
interface Graph {
  readonly name: string;
  readonly group: string;
  readonly kind: number;
  /** One a person. */
  readonly cells: readonly Cell[];
  /** How many people typed it often enough to count, a person counting n / (n + 1). */
  readonly weight: number;
}

const NOTHING: Cell = { n: 0, mean: 0, squares: 0 };

/** @param people each one's times, of this type only. */
export function graphMoments(people: readonly (readonly GraphInstance[])[]): GraphPriorType {
  const graphs = graphsIn(people);
  const within = total(graphs, squaresOf) / Math.max(1, total(graphs, freedomOf));
  const withinOf = (graph: Graph): number =>
    (squaresOf(graph) + WITHIN_WEIGHT * within) / (freedomOf(graph) + WITHIN_WEIGHT);
  const { means, offsets } = fitOffsets(graphs, people.length);
  const shared = sharedMeans(graphs, means);
  const base = graphs.map(({ group, kind }) => shared.groups[group] ?? shared.classes[kind] ?? shared.mean);
  const graphSpread = Math.max(
    1e-3,
    average(graphs, (graph, g) => [
      (at(means, g) - at(base, g)) ** 2,
      graph.weight >= 3 ? Math.min(graph.weight, 20) : 0,
    ]),
  );
  const spreads = personSpreads(graphs, means, offsets, within, withinOf);
  return {
    ...{ within: round(within), graphSpread: round(graphSpread), mean: round(shared.mean) },
    ...{
      person: round(spreads.person),
      personClass: round(spreads.personClass),
      personGraph: round(spreads.personGraph),
    },
    classMeans: shared.classes.map(round),
    groupMeans: byName(Object.entries(shared.groups).map(([group, mean]) => [group, round(mean)] as const)),
    graphs: byName(
      graphs.flatMap((graph, g) => {
        const typists = graph.cells.filter(({ n }) => n > 0).length;
        if (typists < MIN_PEOPLE) return [];
        const keystrokes = total(graph.cells, ({ n }) => n) / typists;
        const noise = spreads.personGraph + spreads.personClass + withinOf(graph) / keystrokes;
        const precision = 1 / graphSpread + typists / noise;
        const mean = (at(base, g) / graphSpread + (typists * at(means, g)) / noise) / precision;
        const moments: GraphPriorType['graphs'][string] = [
          ...([round(mean), round(1 / precision)] as const),
          ...([round(withinOf(graph)), typists] as const),
        ];
        return [[graph.name, moments] as const];
      }),
    ),
  };
}

/** In the order in which somebody typed them they would tell what he typed. */
function byName<T>(entries: readonly (readonly [name: string, value: T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function graphsIn(people: readonly (readonly GraphInstance[])[]): Graph[] {
  const found = new Map<string, { group: string; kind: number; values: number[][] }>();
  for (const [p, instances] of people.entries()) {
    for (const { graph, group, kind, value } of instances) {
      const entry = found.get(graph) ?? { group, kind, values: people.map((): number[] => []) };
      found.set(graph, entry);
      entry.values[p]?.push(value);
    }
  }
  return [...found].map(([name, { group, kind, values }]) => {
    const cells = values.map(cellOf);
    return { name, group, kind, cells, weight: total(cells, trust) };
  });
}

function cellOf(values: readonly number[]): Cell {
  if (values.length === 0) return NOTHING;
  const mean = total(values, (x) => x) / values.length;
  return { n: values.length, mean, squares: total(values, (x) => (x - mean) ** 2) };
}

const trust = ({ n }: Cell): number => n / (n + 1);
const squaresOf = ({ cells }: Graph): number => total(cells, ({ squares }) => squares);
const freedomOf = ({ cells }: Graph): number => total(cells, ({ n }) => Math.max(0, n - 1));

/** Alternating least squares: a cell's mean is that of the graph plus the person's offset. Offsets have mean 0. */
function fitOffsets(graphs: readonly Graph[], people: number): { means: Float64Array; offsets: Float64Array } {
  const means = new Float64Array(graphs.length);
  const offsets = new Float64Array(people);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [g, { cells }] of graphs.entries()) {
      means[g] = average(cells, (cell, p) => [cell.mean - at(offsets, p), trust(cell)]);
    }
    for (let p = 0; p < people; p += 1) {
      offsets[p] = average(graphs, ({ cells }, g) => {
        const cell = cells[p] ?? NOTHING;
        return [cell.mean - at(means, g), trust(cell)];
      });
    }
    const middle = total(offsets, (x) => x) / Math.max(1, people);
    for (let p = 0; p < people; p += 1) offsets[p] = at(offsets, p) - middle;
  }
  return { means, offsets };
}

interface SharedMeans {
  readonly mean: number;
  readonly classes: number[];
  readonly groups: Readonly<Record<string, number>>;
}

/** Means of graphs that are alike, each shrunk to the wider mean: group to class to all. */
function sharedMeans(graphs: readonly Graph[], means: Float64Array): SharedMeans {
  const mean = average(graphs, ({ weight }, g) => [at(means, g), weight]);
  const shrunk = (of: (graph: Graph) => boolean, wider: number): number => {
    const say = (graph: Graph): number => (of(graph) ? Math.min(graph.weight, MOST_SAY) : 0);
    const known = total(graphs, say);
    const own = average(graphs, (graph, g) => [at(means, g), say(graph)]);
    return (known * own + GROUP_WEIGHT * wider) / (known + GROUP_WEIGHT);
  };
  const classes = Array.from({ length: KEY_CLASSES }, (_, k) => shrunk(({ kind }) => kind === k, mean));
  const kinds = new Map(graphs.map(({ group, kind }) => [group, kind]));
  // A key's only group is its class.
  const groups = [...kinds]
    .filter(([name, kind]) => name !== String(kind))
    .map(([name, kind]) => [name, shrunk(({ group }) => group === name, classes[kind] ?? mean)]);
  return { mean, classes, groups: Object.fromEntries(groups) as Record<string, number> };
}

/** Variances between people: of the general offset, of class offsets, and of what is left in each graph. */
function personSpreads(
  graphs: readonly Graph[],
  means: Float64Array,
  offsets: Float64Array,
  within: number,
  withinOf: (graph: Graph) => number,
): { person: number; personClass: number; personGraph: number } {
  const perGraph: number[] = [];
  const perClass: { square: number; weight: number }[] = [];
  for (const [p, offset] of offsets.entries()) {
    const own = graphs.flatMap((graph, g) => {
      const { n, mean } = graph.cells[p] ?? NOTHING;
      return n === 0 ? [] : [{ graph, n, residual: mean - at(means, g) - offset }];
    });
    for (let k = 0; k < KEY_CLASSES; k += 1) {
      const alike = own.filter(({ graph }) => graph.kind === k);
      const weight = total(alike, ({ n }) => n / (n + 2));
      const effect = average(alike, ({ residual, n }) => [residual, n / (n + 2)]);
      if (weight >= 1) perClass.push({ square: effect ** 2, weight });
      for (const { graph, n, residual } of alike) {
        if (n >= 3 && graph.weight >= 3) perGraph.push((residual - effect) ** 2 - withinOf(graph) / n);
      }
    }
  }
  const graphVariance = perGraph.length === 0 ? 0.3 * within : total(perGraph, (x) => x) / perGraph.length;
  const personGraph = GRAPH_SPREAD_CORRECTION * Math.max(graphVariance, 0.1 * within);
  const noise = personGraph + within / 4;
  const classVariance = total(perClass, ({ square, weight }) => square - noise / weight) / Math.max(1, perClass.length);
  const person = total(offsets, (x) => x ** 2) / Math.max(1, offsets.length);
  return { person: Math.max(person, 0.05 * within), personClass: Math.max(classVariance, 0.05 * within), personGraph };
}

function total<T>(values: Iterable<T>, of: (value: T) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum;
}

/** Weighted mean; 0 without weights. */
function average<T>(values: readonly T[], of: (value: T, position: number) => readonly [number, number]): number {
  let [sum, weights] = [0, 0];
  for (const [i, value] of values.entries()) {
    const [x, weight] = of(value, i);
    sum += x * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? 0;
const round = (x: number): number => Number(x.toPrecision(5));
