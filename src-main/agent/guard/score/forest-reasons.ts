// A forest and a vector in, what each feature has to do with its score out: on the way down a tree every cut changes the number of cuts
// that are still expected, and the change belongs to the feature that was asked. The changes add up to the score exactly.
// Saabas (2014), "Interpreting random forests", http://blog.datadive.net/interpreting-random-forests/, for path lengths.
import type { IsolationForest } from '../../learn/isolation-forest.ts';

/**
 * @returns cuts fewer than expected by feature, mean over the trees: above 0 it makes the vector more unusual, below 0 less. Their
 * sum is the expected path length of the forest less that of the vector.
 */
export function reasonsOf(forest: IsolationForest, row: Float32Array): Float64Array {
  const { d, roots, feature, threshold, below, above, pathLength } = forest;
  const saved = new Float64Array(d);
  for (const root of roots) {
    let node = root;
    for (let asked = feature[node] as number; asked >= 0; asked = feature[node] as number) {
      const next = (row[asked] as number) <= (threshold[node] as number) ? below[node] : above[node];
      saved[asked] = (saved[asked] as number) + (pathLength[node] as number) - (pathLength[next as number] as number);
      node = next as number;
    }
  }
  return saved.map((sum) => sum / roots.length);
}
