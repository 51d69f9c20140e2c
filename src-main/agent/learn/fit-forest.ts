// A forest that tells the owner's windows from windows of invented people; the score is the log-odds of the trees' votes.
import { logOdds } from '../infer/calibration.ts';
import { forestToOnnx } from './onnx-forest.ts';
import { forestProbability, trainForest } from './random-forest.ts';
import type { FitTask, VectorModel } from './train-vector-model.ts';

export async function fitForest({ owner, invented, d, telling, seed, pause }: FitTask): Promise<VectorModel> {
  const n = owner.length + invented.length / d;
  const rows = new Float32Array(n * d);
  owner.forEach(({ vector }, i) => rows.set(vector, i * d));
  rows.set(invented, owner.length * d);
  // A column that never varies is never split on, so the model reads all features and uses the telling ones.
  for (let i = 0; i < rows.length; i += 1) if (telling[i % d] === 0) rows[i] = 0;
  const labels = new Uint8Array(n).fill(1, 0, owner.length);
  const forest = await trainForest({ rows, n, d, labels, trees: 50, seed, balanced: true, onTree: pause });
  return {
    score: (vector) => logOdds(forestProbability(forest, vector)),
    bytes: () => forestToOnnx(forest),
    plain: () => ({ kind: 'forest', forest }),
  };
}
