// The mouse model: a one-class SVM around the owner's windows; the score is its decision value.
import { svmDecision, trainOneClassSvm } from './one-class-svm.ts';
import { svmToOnnx } from './onnx-svm.ts';
import type { FitTask, VectorModel } from './train-vector-model.ts';

export async function fitOneClassSvm({ owner, d, pause }: FitTask): Promise<VectorModel> {
  const rows = new Float32Array(owner.length * d);
  owner.forEach(({ vector }, i) => rows.set(vector, i * d));
  await pause();
  const svm = trainOneClassSvm({ rows, n: owner.length, d, nu: 0.05, clip: 3 });
  return {
    score: (vector) => svmDecision(svm, vector),
    bytes: () => svmToOnnx(svm),
    plain: () => ({ kind: 'svm', svm }),
  };
}
