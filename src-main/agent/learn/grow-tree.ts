// Binned rows with a weight each enter, one classification tree leaves, appended to a list of nodes. CART with the Gini
// index: Breiman, Friedman, Olshen and Stone (1984), "Classification and Regression Trees", chapter 4.
import type { BinnedTable } from './binning.ts';
import type { Cut, Totals } from './histogram.ts';
import { bestCut, createHistogram, fillHistogram, varies } from './histogram.ts';
import type { Random } from './random.ts';

/** Nodes of any number of trees; index i in every list is node i. A leaf has feature -1 and no children. */
export interface NodeList {
  readonly feature: number[];
  /** A row goes to `below` when its feature is at most `threshold`; otherwise, NaN included, to `above`. */
  readonly threshold: number[];
  readonly below: number[];
  readonly above: number[];
  /** Weighted share of class 1 among the training rows in the node. */
  readonly share: number[];
}

export interface TreeTask {
  readonly table: BinnedTable;
  /** 0 or 1 for each row. */
  readonly labels: Uint8Array;
  /** Weight of each row; a row of weight 0 is not used. */
  readonly weights: Float64Array;
  /** Features to look at in each node. */
  readonly mtry: number;
  /** Rows (not weight) that each side of a split must keep. */
  readonly minLeaf: number;
  readonly random: Random;
}

interface Split {
  readonly feature: number;
  readonly cut: Cut;
}

/** @returns the index of the root in `nodes`. */
export function growTree(task: TreeTask, nodes: NodeList): number {
  const { table, weights } = task;
  const members = Int32Array.from(weights.keys()).filter((i) => (weights[i] as number) > 0);
  const findSplit = splitSearch(task);
  const root = addNode(nodes);
  const open = [{ node: root, members }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, members: inNode } = next;
    const totals = sum(inNode, task);
    nodes.share[node] = Math.min(1, totals.ones / totals.weight);
    const split = totals.pure || totals.rows < 2 * task.minLeaf ? null : findSplit(inNode, totals);
    if (split === null) continue;
    const middle = partition(inNode, codesOf(table, split.feature), split.cut.bin);
    const below = addNode(nodes);
    const above = addNode(nodes);
    nodes.feature[node] = split.feature;
    nodes.threshold[node] = thresholdBetween(table, split);
    nodes.below[node] = below;
    nodes.above[node] = above;
    open.push({ node: above, members: inNode.subarray(middle) }, { node: below, members: inNode.subarray(0, middle) });
  }
  return root;
}

function addNode(nodes: NodeList): number {
  nodes.threshold.push(0);
  nodes.below.push(-1);
  nodes.above.push(-1);
  nodes.share.push(0);
  return nodes.feature.push(-1) - 1;
}

const codesOf = ({ codes, n }: BinnedTable, feature: number) => codes.subarray(feature * n, (feature + 1) * n);

function sum(members: Int32Array, { labels, weights }: TreeTask): Totals & { readonly pure: boolean } {
  let weight = 0;
  let ones = 0;
  let onesRows = 0;
  for (const i of members) {
    const w = weights[i] as number;
    weight += w;
    if (labels[i] === 0) continue;
    ones += w;
    onesRows++;
  }
  return { rows: members.length, weight, ones, pure: onesRows === 0 || onesRows === members.length };
}

/** Moves the rows that go below to the front and answers where the others begin. */
function partition(members: Int32Array, codes: Uint8Array, bin: number): number {
  let front = 0;
  let back = members.length;
  while (front < back) {
    const i = members[front] as number;
    if ((codes[i] as number) <= bin) {
      front++;
    } else {
      back--;
      members[front] = members[back] as number;
      members[back] = i;
    }
  }
  return front;
}

/** Halfway between the two bins, as a float32 that still separates them: what ONNX stores is then what was trained. */
function thresholdBetween(table: BinnedTable, { feature, cut }: Split): number {
  const highest = table.high[feature]?.[cut.bin];
  const lowest = table.low[feature]?.[cut.nextBin];
  if (highest === undefined || lowest === undefined) throw new Error('a split lies outside the bins of its feature');
  const middle = Math.fround((highest + lowest) / 2);
  return middle >= lowest ? highest : middle;
}

/** Looks at `mtry` features drawn without repetition, and at more while every one of them is constant in the node. */
function splitSearch({ table, labels, weights, mtry, minLeaf, random }: TreeTask) {
  const features = Int32Array.from({ length: table.d }, (_, f) => f);
  const histogram = createHistogram();
  return (members: Int32Array, totals: Totals): Split | null => {
    let best: Split | null = null;
    let seenVarying = false;
    for (let looked = 0; looked < table.d && (looked < mtry || !seenVarying); looked++) {
      const feature = drawFeature(features, looked, random);
      fillHistogram(histogram, members, codesOf(table, feature), labels, weights);
      seenVarying ||= varies(histogram);
      const cut = bestCut(histogram, totals, minLeaf);
      if (cut !== null && (best === null || cut.gain > best.cut.gain)) best = { feature, cut };
    }
    return best;
  };
}

/** One step of a Fisher-Yates shuffle: a feature that was not drawn in the steps before. */
function drawFeature(features: Int32Array, step: number, random: Random): number {
  const k = step + random.int(features.length - step);
  const feature = features[k] as number;
  features[k] = features[step] as number;
  features[step] = feature;
  return feature;
}
