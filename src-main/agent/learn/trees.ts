// Trees that compare one feature a node, in flat arrays, and a row enter; the leaf that the row ends in leaves.

/** All trees in flat arrays of one entry a node; a leaf has feature -1. */
export interface Trees {
  /** Width of a row. */
  readonly d: number;
  /** Node at which each tree begins. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  /** A row goes to `below` when its feature is at most `threshold`; otherwise, NaN included, to `above`. */
  readonly threshold: Float32Array;
  readonly below: Int32Array;
  readonly above: Int32Array;
}

/** @param values one a node. @returns their mean over the leaves that the row ends in. @throws Error for a row of another width. */
export function meanOfLeaves(trees: Trees, values: Float32Array, row: Float32Array): number {
  const { d, roots, feature, threshold, below, above } = trees;
  if (row.length !== d) throw new Error(`the forest reads ${d} features, not ${row.length}`);
  let sum = 0;
  for (let t = 0; t < roots.length; t++) {
    let node = roots[t] as number;
    for (let f = feature[node] as number; f >= 0; f = feature[node] as number) {
      node = ((row[f] as number) <= (threshold[node] as number) ? below[node] : above[node]) as number;
    }
    sum += values[node] as number;
  }
  return sum / roots.length;
}
