// Labelled feature rows enter, a random forest leaves, and the probability that a row belongs to class 1. Breiman
// (2001), "Random Forests", https://doi.org/10.1023/A:1010933404324; leaf shares are averaged as scikit-learn does.
import { binTable, MAX_BINS } from './binning.ts';
import type { NodeList } from './grow-tree.ts';
import { growTree } from './grow-tree.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import { meanOfLeaves, type Trees } from './trees.ts';

export interface Forest extends Trees {
  /** Share of class 1 in the node, 0 to 1. */
  readonly share: Float32Array;
}

export interface ForestTask {
  /** n × d values by row, all finite. */
  readonly rows: Float32Array;
  readonly n: number;
  readonly d: number;
  /** 0 or 1 for each row; both must occur. */
  readonly labels: Uint8Array;
  readonly trees?: number;
  /** Features to look at in each node; the square root of d by default. */
  readonly mtry?: number;
  /** Distinct rows that each side of a split must keep. */
  readonly minLeaf?: number;
  readonly bins?: number;
  readonly seed: number;
  /** Gives both classes the same total weight, however many rows each has. */
  readonly balanced?: boolean;
  /** Draws the rows of each tree with repetition; without it every tree sees every row once. */
  readonly bootstrap?: boolean;
  /** Awaited after each tree: the place to let other work through, or to throw in order to stop. */
  readonly onTree?: (grown: number) => Promise<void>;
}

/** Deterministic in its arguments. @throws Error when the task is not as described above. */
export async function trainForest(task: ForestTask): Promise<Forest> {
  const { rows, n, d, labels, trees = 50, mtry = Math.round(Math.sqrt(d)), minLeaf = 5, bins = MAX_BINS } = task;
  if (trees < 1 || mtry < 1 || minLeaf < 1) throw new Error('a forest needs trees, mtry and minLeaf of 1 or more');
  const classWeights = weighClasses(labels, n, task.balanced ?? false);
  const table = binTable(rows, n, d, bins);
  const random = createRandom(task.seed);
  const nodes: NodeList = { feature: [], threshold: [], below: [], above: [], share: [] };
  const roots: number[] = [];
  while (roots.length < trees) {
    const weights = (task.bootstrap ?? true) ? drawBag(n, random) : new Float64Array(n).fill(1);
    for (let i = 0; i < n; i++) weights[i] = (weights[i] as number) * classWeights[labels[i] === 1 ? 1 : 0];
    roots.push(growTree({ table, labels, weights, mtry, minLeaf, random }, nodes));
    await task.onTree?.(roots.length);
  }
  return flatten(d, roots, nodes);
}

/** P(class 1), the mean over the trees. @throws Error for a row of another width. */
export const forestProbability = (forest: Forest, row: Float32Array): number => meanOfLeaves(forest, forest.share, row);

function weighClasses(labels: Uint8Array, n: number, balanced: boolean): readonly [number, number] {
  if (labels.length !== n) throw new Error(`${n} rows need ${n} labels, not ${labels.length}`);
  if (labels.some((label) => label > 1)) throw new Error('labels are 0 or 1');
  const ones = labels.reduce((sum, label) => sum + label, 0);
  if (ones === 0 || ones === n)
    throw new Error('a forest learns to tell two classes apart, but the rows hold only one');
  return balanced ? [n / (2 * (n - ones)), n / (2 * ones)] : [1, 1];
}

/** How often each of n rows is drawn when n are drawn with repetition. */
function drawBag(n: number, random: Random): Float64Array {
  const times = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const i = random.int(n);
    times[i] = (times[i] as number) + 1;
  }
  return times;
}

function flatten(d: number, roots: readonly number[], nodes: NodeList): Forest {
  return {
    d,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes.feature),
    threshold: Float32Array.from(nodes.threshold),
    below: Int32Array.from(nodes.below),
    above: Int32Array.from(nodes.above),
    share: Float32Array.from(nodes.share),
  };
}
