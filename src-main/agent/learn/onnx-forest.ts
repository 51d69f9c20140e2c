// A random forest enters, its ONNX form leaves: input `features` (rows × d), output `score` (rows × 1), P(class 1). One
// TreeEnsemble of ai.onnx.ml 5, https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html, with a single target:
// onnxruntime gives wrong labels for a TreeEnsembleClassifier of two classes.
import type { Attribute } from './onnx-writer.ts';
import { writeOnnx } from './onnx-writer.ts';
import type { Forest } from './random-forest.ts';

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

export function forestToOnnx(forest: Forest): Uint8Array {
  const ensemble = toEnsemble(forest);
  return writeOnnx({
    name: 'random-forest',
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
    input: { name: 'features', width: forest.d },
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

function toEnsemble(forest: Forest): Ensemble {
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
  const ids = numberNodes(forest);
  const isLeaf = (node: number) => (forest.feature[node] as number) < 0;
  const addInner = (feature: number, split: number, below: number, above: number) => {
    e.splits.push(split);
    e.trueIds.push(ids[below] as number);
    e.falseIds.push(ids[above] as number);
    e.trueIsLeaf.push(Number(isLeaf(below)));
    e.falseIsLeaf.push(Number(isLeaf(above)));
    return e.features.push(feature) - 1;
  };
  forest.feature.forEach((feature, node) => {
    if (isLeaf(node)) e.leafWeights.push((forest.share[node] as number) / forest.roots.length);
    else
      addInner(feature, forest.threshold[node] as number, forest.below[node] as number, forest.above[node] as number);
  });
  // A root is an inner node to the operator, so that of a tree without splits gets its one leaf on both sides.
  for (const root of forest.roots) e.roots.push(isLeaf(root) ? addInner(0, 0, root, root) : (ids[root] as number));
  return e;
}

/** Number of each node among the inner nodes, or of each leaf among the leaves, in the order of the forest. */
function numberNodes(forest: Forest): Int32Array {
  let inner = 0;
  let leaves = 0;
  return forest.feature.map((feature) => (feature < 0 ? leaves++ : inner++));
}
