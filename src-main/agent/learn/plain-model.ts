// A trained model as the numbers that it is made of in, bytes out, and back; and its score of a window, without a session of anything. For whoever
// has the models of many people and sees each of them now and then: to open a session of onnxruntime takes 0.6 ms, a score here 1 to 3 microseconds.
import * as v from 'valibot';
import { svmDecision, type OneClassSvm } from './one-class-svm.ts';
import { forestProbability, type Forest } from './random-forest.ts';

export type PlainModel =
  { readonly kind: 'forest'; readonly forest: Forest } | { readonly kind: 'svm'; readonly svm: OneClassSvm };

/** What the ONNX form answers: P(owner) of a forest, the decision value of a support vector machine. @throws Error for another width. */
export const plainScore = (model: PlainModel, vector: Float32Array): number =>
  model.kind === 'forest' ? forestProbability(model.forest, vector) : svmDecision(model.svm, vector);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const headSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.variant('kind', [
    v.object({ kind: v.literal('forest'), d: count, trees: count, nodes: count }),
    v.object({
      ...{ kind: v.literal('svm'), d: count, vectors: count, trainedOn: count },
      ...{ rho: finite, gamma: finite, clip: finite },
    }),
  ]),
);

const LENGTH_BYTES = 4;
const NUMBER_BYTES = 4;

/** Arrays lie one after the other as the processor has them: little-endian on all that SecLyzer runs on. */
export function packPlain(model: PlainModel): Buffer {
  if (model.kind === 'forest') {
    const { d, roots, feature, threshold, below, above, share } = model.forest;
    const head = { kind: 'forest', d, trees: roots.length, nodes: feature.length };
    return whole(head, [roots, feature, threshold, below, above, share]);
  }
  const { d, standardiser, vectors, alpha, rho, gamma, trainedOn } = model.svm;
  const head = { kind: 'svm', d, vectors: alpha.length, trainedOn, rho, gamma, clip: standardiser.clip };
  return whole(head, [standardiser.mean, standardiser.inverseSd, vectors, alpha]);
}

function whole(head: object, arrays: readonly (Int32Array | Float32Array)[]): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  return Buffer.concat([
    length,
    text,
    ...arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ]);
}

/** @throws Error for anything else than what `packPlain` has made. */
export function unpackPlain(bytes: Uint8Array): PlainModel {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = LENGTH_BYTES + all.readUInt32LE(0);
  const head = v.parse(headSchema, all.subarray(LENGTH_BYTES, at).toString('utf8'));
  /** A copy: the arrays must begin where a number may, and what they came out of can go. */
  const next = (length: number): ArrayBuffer => {
    const part = Uint8Array.from(all.subarray(at, (at += NUMBER_BYTES * length)));
    if (part.length !== NUMBER_BYTES * length) throw new RangeError('a model ends in its middle');
    return part.buffer;
  };
  if (head.kind === 'svm') {
    const { d, trainedOn, rho, gamma, clip } = head;
    const standardiser = { mean: new Float32Array(next(d)), inverseSd: new Float32Array(next(d)), clip };
    const vectors = new Float32Array(next(d * head.vectors));
    return {
      kind: 'svm',
      svm: { d, standardiser, vectors, alpha: new Float32Array(next(head.vectors)), rho, gamma, trainedOn },
    };
  }
  const { d, trees, nodes } = head;
  const [roots, feature] = [new Int32Array(next(trees)), new Int32Array(next(nodes))];
  const threshold = new Float32Array(next(nodes));
  const [below, above] = [new Int32Array(next(nodes)), new Int32Array(next(nodes))];
  const forest: Forest = { d, roots, feature, threshold, below, above, share: new Float32Array(next(nodes)) };
  return { kind: 'forest', forest };
}
