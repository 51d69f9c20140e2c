// For tests: a process that scores with a model once and ends.
import { forestToOnnx } from '../learn/onnx-forest.ts';
import { lazySession } from './session.ts';

const bytes = forestToOnnx({
  d: 1,
  roots: Int32Array.of(0),
  feature: Int32Array.of(-1),
  threshold: Float32Array.of(0),
  below: Int32Array.of(-1),
  above: Int32Array.of(-1),
  share: Float32Array.of(0.5),
});
const session = lazySession(() => Promise.resolve(bytes), { width: 1 });
process.stdout.write(String((await session.run(Float32Array.of(1)))[0]));
await session.release();
