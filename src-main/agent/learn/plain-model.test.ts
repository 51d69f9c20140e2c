import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lazySession } from '../infer/session.ts';
import { fitForest } from './fit-forest.ts';
import { fitOneClassSvm } from './fit-svm.ts';
import { packPlain, plainScore, unpackPlain } from './plain-model.ts';
import { createRandom } from './random.ts';
import type { FitTask } from './train-vector-model.ts';

const D = 6;
const random = createRandom(3);
const rows = (n: number, mean: number): Float32Array[] =>
  Array.from({ length: n }, () => Float32Array.from({ length: D }, () => mean + random.normal()));
const TASK: FitTask = {
  owner: rows(60, 1).map((vector) => ({ vector, events: 50 })),
  invented: Float32Array.from(rows(120, -0.5).flatMap((row) => [...row])),
  ...{ d: D, telling: new Uint8Array(D).fill(1), seed: 1, pause: () => Promise.resolve() },
};

for (const [name, fit] of [
  ['forest', fitForest],
  ['one-class support vector machine', fitOneClassSvm],
] as const)
  test(`a ${name} comes back from its bytes, and says what onnxruntime says of its ONNX form`, async () => {
    const model = await fit(TASK);
    const packed = packPlain(model.plain());
    // In the middle of something else, as it lies in what was unpacked.
    const around = Buffer.concat([Buffer.alloc(3), packed, Buffer.alloc(5)]);
    const plain = unpackPlain(around.subarray(3, 3 + packed.length));
    assert.deepEqual(plain, model.plain());
    const session = lazySession(() => Promise.resolve(model.bytes()), { width: D });
    const seen = new Set<number>();
    for (const row of [...rows(20, 1), ...rows(20, -0.5)]) {
      const [onnx = Number.NaN] = await session.run(row);
      const score = plainScore(plain, row);
      // Both compute in 32 bits, in another order.
      assert.ok(Math.abs(score - onnx) < 1e-5, `${score} is not ${onnx}`);
      seen.add(score);
    }
    assert.ok(seen.size > 10, 'windows differ');
    await session.release();
    assert.throws(() => plainScore(plain, new Float32Array(D + 1)));
    assert.throws(() => unpackPlain(packed.subarray(0, packed.length - 1)), /ends in its middle/);
  });
