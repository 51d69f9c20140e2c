// Gaussian naive Bayes of two classes enters, its ONNX form leaves: input `stretch` (rows × 2d), the values of d features and then for
// each of them 1 where it is there and 0 where it is to be left out; output `ratio` (rows × 1), ln owner : people. The squares are
// those of differences from the mean: a form that multiplies them out loses two digits in float32.
import type { Gaussians, NaiveBayes } from './naive-bayes.ts';
import { writeOnnx, type OnnxNode, type Tensor } from './onnx-writer.ts';

export function naiveBayesToOnnx({ owner, people, counted }: NaiveBayes): Uint8Array {
  const d = counted.length;
  return writeOnnx({
    name: 'gaussian-naive-bayes',
    nodes: [
      {
        op: 'Split',
        inputs: ['stretch'],
        outputs: ['values', 'present'],
        attributes: { axis: { kind: 'int', value: 1 }, num_outputs: { kind: 'int', value: 2 } },
      },
      ...distance('owner'),
      ...distance('people'),
      node('Sub', ['people_distance', 'owner_distance'], 'difference'),
      node('Add', ['difference', 'spread_ratio'], 'ratios'),
      node('Mul', ['ratios', 'present'], 'seen'),
      node('MatMul', ['seen', 'counted'], 'ratio'),
    ],
    constants: {
      ...constantsOf('owner', owner),
      ...constantsOf('people', people),
      spread_ratio: row(counted.map((_, i) => 0.5 * Math.log((people.variance[i] ?? 1) / (owner.variance[i] ?? 1)))),
      counted: { data: Float32Array.from(counted), shape: [d, 1] },
    },
    input: { name: 'stretch', width: 2 * d },
    output: { name: 'ratio', width: 1 },
  });
}

/** Half the squared distance from the mean of a class, in variances. */
const distance = (of: 'owner' | 'people'): readonly OnnxNode[] => [
  node('Sub', ['values', `${of}_mean`], `${of}_away`),
  node('Mul', [`${of}_away`, `${of}_away`], `${of}_square`),
  node('Mul', [`${of}_square`, `${of}_half_precision`], `${of}_distance`),
];

const constantsOf = (of: 'owner' | 'people', { mean, variance }: Gaussians): Readonly<Record<string, Tensor>> => ({
  [`${of}_mean`]: row(mean),
  [`${of}_half_precision`]: row(variance.map((spread) => 0.5 / spread)),
});

const node = (op: string, inputs: readonly string[], output: string): OnnxNode => ({
  ...{ op, inputs, outputs: [output], attributes: {} },
});

const row = (values: readonly number[]): Tensor => ({ data: Float32Array.from(values), shape: [1, values.length] });
