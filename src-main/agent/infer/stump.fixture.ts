// For tests of sessions: the smallest model that there is.
import { forestToOnnx } from '../learn/onnx-forest.ts';
import type { Forest } from '../learn/random-forest.ts';

/** One tree of two features: 0.25 where the first is at most 1, otherwise 0.75. */
const STUMP: Forest = {
  d: 2,
  roots: Int32Array.of(0),
  feature: Int32Array.of(0, -1, -1),
  threshold: Float32Array.of(1, 0, 0),
  below: Int32Array.of(1, -1, -1),
  above: Int32Array.of(2, -1, -1),
  share: Float32Array.of(0.5, 0.25, 0.75),
};
export const STUMP_BYTES = forestToOnnx(STUMP);
/** A row that it answers with 0.25. */
export const LOW = Float32Array.of(1, 9);
