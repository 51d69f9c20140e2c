// A one-class support vector machine enters, its ONNX form leaves: input `features` (rows × d), output `score`
// (rows × 1), the decision value. Scaler and Clip standardise, SVMRegressor compares:
// https://onnx.ai/onnx/operators/onnx_aionnxml_SVMRegressor.html. Its flag `one_class` stays 0, since with 1 onnxruntime
// answers the sign alone.
import type { OneClassSvm } from './one-class-svm.ts';
import type { OnnxNode, Tensor } from './onnx-writer.ts';
import { writeOnnx } from './onnx-writer.ts';

export function svmToOnnx(svm: OneClassSvm): Uint8Array {
  const { clip } = svm.standardiser;
  return writeOnnx({
    name: 'one-class-svm',
    nodes: [
      scaler(svm),
      { op: 'Clip', inputs: ['scaled', 'lowest', 'highest'], outputs: ['standardised'], attributes: {} },
      regressor(svm),
    ],
    constants: { lowest: scalar(-clip), highest: scalar(clip) },
    input: { name: 'features', width: svm.d },
    output: { name: 'score', width: 1 },
  });
}

/** (x - offset) · scale */
function scaler({ standardiser }: OneClassSvm): OnnxNode {
  return {
    op: 'Scaler',
    domain: 'ai.onnx.ml',
    inputs: ['features'],
    outputs: ['scaled'],
    attributes: {
      offset: { kind: 'floats', value: standardiser.mean },
      scale: { kind: 'floats', value: standardiser.inverseSd },
    },
  };
}

function regressor(svm: OneClassSvm): OnnxNode {
  return {
    op: 'SVMRegressor',
    domain: 'ai.onnx.ml',
    inputs: ['standardised'],
    outputs: ['score'],
    attributes: {
      kernel_type: { kind: 'string', value: 'RBF' },
      // γ, coef0, degree: the radial kernel reads the first alone.
      kernel_params: { kind: 'floats', value: [svm.gamma, 0, 3] },
      n_supports: { kind: 'int', value: svm.alpha.length },
      support_vectors: { kind: 'floats', value: svm.vectors },
      coefficients: { kind: 'floats', value: svm.alpha },
      rho: { kind: 'floats', value: [-svm.rho] },
      one_class: { kind: 'int', value: 0 },
      post_transform: { kind: 'string', value: 'NONE' },
    },
  };
}

const scalar = (value: number): Tensor => ({ data: Float32Array.of(value), shape: [] });
