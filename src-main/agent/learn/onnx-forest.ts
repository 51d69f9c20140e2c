// A forest enters, its ONNX form leaves: input `features` (rows × d), output `score` (rows × 1), which is P(class 1) of a
// random forest and the average path length of an isolation forest. One TreeEnsemble of ai.onnx.ml 5,
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html, with a single target: onnxruntime gives wrong labels for
// a TreeEnsembleClassifier of two classes.
import type { IsolationForest } from './isolation-forest.ts';
import type { Attribute } from './onnx-writer.ts';
import { writeOnnx } from './onnx-writer.ts';
import type { Forest } from './random-forest.ts';
import type { Trees } from './trees.ts';

/** Values of the operator's enumerations. */
const BRANCH_LEQ = 0;
const NO_TRANSFORM = 0;
const SUM = 1;

/** Inner nodes and leaves, which the operator numbers apart from each other. */
interface Ensemble {
  readonly roots: number[];
  readonly features: number[];
  readonly splits: number[];
  readonly trueIds: number[];
  readonly falseIds: number[];
  /** 1 where the id beside it is that of a leaf, 0 where it is that of an inner node. */
  readonly trueIsLeaf: number[];
  readonly falseIsLeaf: number[];
  readonly leafWeights: number[];
}

export const forestToOnnx = (forest: Forest): Uint8Array => treesToOnnx('random-forest', forest, forest.share);

/** `scoreOfPath` makes the score of what the file answers. */
export const isolationForestToOnnx = (forest: IsolationForest): Uint8Array =>
  treesToOnnx('isolation-forest', forest, forest.pathLength);

/** @param values of each node; the mean over the leaves that a row ends in is answered. */
function treesToOnnx(name: string, trees: Trees, values: Float32Array): Uint8Array {
  const ensemble = toEnsemble(trees, values);
  return writeOnnx({
    name,
    nodes: [
      {
        op: 'TreeEnsemble',
        domain: 'ai.onnx.ml',
        inputs: ['features'],
        outputs: ['score'],
        attributes: attributesOf(ensemble),
      },
    ],
    constants: {},
    input: { name: 'features', width: trees.d },
    output: { name: 'score', width: 1 },
  });
}

function attributesOf(e: Ensemble): Record<string, Attribute> {
  return {
    aggregate_function: { kind: 'int', value: SUM },
    post_transform: { kind: 'int', value: NO_TRANSFORM },
    n_targets: { kind: 'int', value: 1 },
    tree_roots: { kind: 'ints', value: e.roots },
    nodes_modes: vector(new Uint8Array(e.features.length).fill(BRANCH_LEQ)),
    nodes_featureids: { kind: 'ints', value: e.features },
    nodes_splits: vector(Float32Array.from(e.splits)),
    nodes_truenodeids: { kind: 'ints', value: e.trueIds },
    nodes_falsenodeids: { kind: 'ints', value: e.falseIds },
    nodes_trueleafs: { kind: 'ints', value: e.trueIsLeaf },
    nodes_falseleafs: { kind: 'ints', value: e.falseIsLeaf },
    leaf_targetids: { kind: 'ints', value: new Uint8Array(e.leafWeights.length) },
    leaf_weights: vector(Float32Array.from(e.leafWeights)),
  };
}

const vector = (data: Float32Array | Uint8Array): Attribute => ({
  kind: 'tensor',
  value: { data, shape: [data.length] },
});

function toEnsemble(trees: Trees, values: Float32Array): Ensemble {
  const e: Ensemble = {
    roots: [],
    features: [],
    splits: [],
    trueIds: [],
    falseIds: [],
    trueIsLeaf: [],
    falseIsLeaf: [],
    leafWeights: [],
  };
  const ids = numberNodes(trees);
  const isLeaf = (node: number) => (trees.feature[node] as number) < 0;
  const addInner = (feature: number, split: number, below: number, above: number) => {
    e.splits.push(split);
    e.trueIds.push(ids[below] as number);
    e.falseIds.push(ids[above] as number);
    e.trueIsLeaf.push(Number(isLeaf(below)));
    e.falseIsLeaf.push(Number(isLeaf(above)));
    return e.features.push(feature) - 1;
  };
  trees.feature.forEach((feature, node) => {
    if (isLeaf(node)) e.leafWeights.push((values[node] as number) / trees.roots.length);
    else addInner(feature, trees.threshold[node] as number, trees.below[node] as number, trees.above[node] as number);
  });
  // A root is an inner node to the operator, so that of a tree without splits gets its one leaf on both sides.
  for (const root of trees.roots) e.roots.push(isLeaf(root) ? addInner(0, 0, root, root) : (ids[root] as number));
  return e;
}

/** Number of each node among the inner nodes, or of each leaf among the leaves, in the order of the trees. */
function numberNodes(trees: Trees): Int32Array {
  let inner = 0;
  let leaves = 0;
  return trees.feature.map((feature) => (feature < 0 ? leaves++ : inner++));
}
