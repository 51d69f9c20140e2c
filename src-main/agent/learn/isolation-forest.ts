// Rows of ordinary data enter, an isolation forest leaves, and the score of a row: near 1 where few random cuts separate it
// from what was seen, about 0.5 and below where it lies among it. Liu, Ting and Zhou (2008), "Isolation Forest",
// https://doi.org/10.1109/ICDM.2008.17.
import { checkTable } from './binning.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import { meanOfLeaves, type Trees } from './trees.ts';

export interface IsolationForest extends Trees {
  /** ψ, rows that each tree was grown from. */
  readonly samples: number;
  /** h of a row that ends in the node: cuts above it, and the expected number below it for the rows that it still holds. */
  readonly pathLength: Float32Array;
  /** Extremes that the feature of an inner node had among the rows that it was cut from: see isolation-outside.ts. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export interface IsolationTask {
  /** n × d values by row, all finite. */
  readonly rows: Float32Array;
  readonly n: number;
  readonly d: number;
  readonly trees?: number;
  /** ψ; all rows where there are fewer. The paper's figures level off at 256. */
  readonly samples?: number;
  readonly seed: number;
}

const EULER = 0.577_215_664_901_532_9;

/** c(n): path length of an unsuccessful search in a binary search tree of n rows, equation 1 of the paper. */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

interface Nodes {
  readonly feature: number[];
  readonly threshold: number[];
  readonly below: number[];
  readonly above: number[];
  readonly pathLength: number[];
  readonly low: number[];
  readonly high: number[];
}

/** Deterministic in its arguments. @throws Error when the task is not as described above. */
export function trainIsolationForest(task: IsolationTask): IsolationForest {
  const { rows, n, d, trees = 100, samples: most = 256, seed } = task;
  checkTable(rows, n, d);
  if (trees < 1 || most < 1) throw new Error('an isolation forest needs trees and samples of 1 or more');
  const samples = Math.min(n, most);
  const random = createRandom(seed);
  const nodes: Nodes = { feature: [], threshold: [], below: [], above: [], pathLength: [], low: [], high: [] };
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const roots: number[] = [];
  for (let t = 0; t < trees; t++) {
    for (let k = 0; k < samples; k++) swap(order, k, k + random.int(n - k));
    roots.push(growTree(rows, d, order.slice(0, samples), random, nodes));
  }
  return {
    d,
    samples,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes.feature),
    threshold: Float32Array.from(nodes.threshold),
    below: Int32Array.from(nodes.below),
    above: Int32Array.from(nodes.above),
    pathLength: Float32Array.from(nodes.pathLength),
    low: Float32Array.from(nodes.low),
    high: Float32Array.from(nodes.high),
  };
}

/** 0 to 1, equation 2 of the paper. @throws Error for a row of another width. */
export const isolationScore = (forest: IsolationForest, row: Float32Array): number =>
  scoreOfPath(forest.samples, meanOfLeaves(forest, forest.pathLength, row));

/** @param path average path length of a row over the trees, as the ONNX form answers it. A forest of one row scores 0.5. */
export const scoreOfPath = (samples: number, path: number): number =>
  samples <= 1 ? 0.5 : 2 ** (-path / averagePathLength(samples));

/** @param members rows of the tree; reordered. @returns the index of the root. */
function growTree(rows: Float32Array, d: number, members: Int32Array, random: Random, nodes: Nodes): number {
  const tallest = Math.ceil(Math.log2(Math.max(2, members.length)));
  const findCut = cutSearch(rows, d, random);
  const root = addNode(nodes);
  const open = [{ node: root, inNode: members, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, inNode, depth } = next;
    nodes.pathLength[node] = depth + averagePathLength(inNode.length);
    const cut = depth < tallest && inNode.length > 1 ? findCut(inNode) : null;
    if (cut === null) continue;
    const middle = partition(rows, d, inNode, cut);
    nodes.feature[node] = cut.feature;
    nodes.threshold[node] = cut.threshold;
    nodes.low[node] = cut.low;
    nodes.high[node] = cut.high;
    const below = (nodes.below[node] = addNode(nodes));
    const above = (nodes.above[node] = addNode(nodes));
    open.push({ node: below, inNode: inNode.subarray(0, middle), depth: depth + 1 });
    open.push({ node: above, inNode: inNode.subarray(middle), depth: depth + 1 });
  }
  return root;
}

function addNode(nodes: Nodes): number {
  nodes.threshold.push(0);
  nodes.below.push(-1);
  nodes.above.push(-1);
  nodes.pathLength.push(0);
  nodes.low.push(0);
  nodes.high.push(0);
  return nodes.feature.push(-1) - 1;
}

interface Cut {
  readonly feature: number;
  readonly threshold: number;
  readonly low: number;
  readonly high: number;
}

/** A random feature among those that vary in the node, cut at random between its extremes; null where none varies. */
function cutSearch(rows: Float32Array, d: number, random: Random): (members: Int32Array) => Cut | null {
  const features = Int32Array.from({ length: d }, (_, f) => f);
  return (members) => {
    for (let looked = 0; looked < d; looked++) {
      swap(features, looked, looked + random.int(d - looked));
      const feature = features[looked] as number;
      let [low, high] = [Infinity, -Infinity];
      for (const i of members) {
        const x = rows[i * d + feature] as number;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      if (low === high) continue;
      const threshold = Math.fround(low + random.uniform() * (high - low));
      // Rounded up to the highest value it would cut nothing off.
      return { feature, threshold: threshold < high ? threshold : low, low, high };
    }
    return null;
  };
}

/** Moves the rows that go below to the front and answers where the others begin. */
function partition(rows: Float32Array, d: number, members: Int32Array, { feature, threshold }: Cut): number {
  let front = 0;
  for (let k = 0; k < members.length; k++) {
    if ((rows[(members[k] as number) * d + feature] as number) <= threshold) swap(members, front++, k);
  }
  return front;
}

function swap(list: Int32Array, a: number, b: number): void {
  const kept = list[a] as number;
  list[a] = list[b] as number;
  list[b] = kept;
}
