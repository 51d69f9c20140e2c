import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inventTable } from './invented-table.ts';
import { svmDecision, trainOneClassSvm } from './one-class-svm.ts';
import { forestToOnnx } from './onnx-forest.ts';
import { svmToOnnx } from './onnx-svm.ts';
import { writeOnnx } from './onnx-writer.ts';
import type { Forest } from './random-forest.ts';
import { forestProbability, trainForest } from './random-forest.ts';

async function runOnnx(bytes: Uint8Array, rows: Float32Array, d: number): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const answer = await session.run({ features: new Tensor('float32', rows, [rows.length / d, d]) });
  await session.release();
  const score = answer['score'];
  assert.deepEqual(score?.dims, [rows.length / d, 1]);
  assert.ok(score?.data instanceof Float32Array);
  return score.data;
}

/** The table with rows added that no window should hold: nothing but NaN, one NaN, and both infinities. */
function withOddRows(rows: Float32Array, d: number): Float32Array {
  const all = new Float32Array(rows.length + 4 * d);
  all.set(rows);
  all.fill(NaN, rows.length, rows.length + d);
  all.set(rows.subarray(0, d), rows.length + d);
  all[rows.length + d + 1] = NaN;
  all.fill(Infinity, rows.length + 2 * d, rows.length + 3 * d);
  all.fill(-Infinity, rows.length + 3 * d);
  return all;
}

function assertAgree(
  actual: Float32Array,
  rows: Float32Array,
  d: number,
  score: (row: Float32Array) => number,
  most: number,
) {
  assert.equal(actual.length, rows.length / d);
  actual.forEach((value, i) => {
    const expected = score(rows.subarray(i * d, (i + 1) * d));
    const agree = Number.isNaN(expected) ? Number.isNaN(value) : Math.abs(value - expected) <= most;
    assert.ok(agree, `row ${i}: ONNX ${value}, TypeScript ${expected}`);
  });
}

test('onnxruntime gives the probabilities of the forest', async () => {
  const forest = await trainForest({ ...inventTable(800, 12, 1), seed: 1 });
  const rows = withOddRows(inventTable(500, 12, 2).rows, 12);
  assertAgree(await runOnnx(forestToOnnx(forest), rows, 12), rows, 12, (row) => forestProbability(forest, row), 1e-6);
});

test('a forest of whole trees, single leaves and both, by hand', async () => {
  // Tree 0 is the leaf 0.25; tree 1 asks x₁ ≤ 0.5, then below it x₀ ≤ 2.
  const forest: Forest = {
    d: 2,
    roots: Int32Array.of(0, 1),
    feature: Int32Array.of(-1, 1, 0, -1, -1, -1),
    threshold: Float32Array.of(0, 0.5, 2, 0, 0, 0),
    below: Int32Array.of(-1, 2, 4, -1, -1, -1),
    above: Int32Array.of(-1, 3, 5, -1, -1, -1),
    share: Float32Array.of(0.25, 0.5, 0.5, 0.75, 0, 1),
  };
  const rows = Float32Array.of(2, 0.5, 2.5, 0.5, 2, 0.6, NaN, 0, 0, NaN);
  assert.deepEqual([...(await runOnnx(forestToOnnx(forest), rows, 2))], [0.125, 0.625, 0.5, 0.625, 0.5]);
  const leaf = { ...forest, roots: Int32Array.of(0) };
  assert.deepEqual([...(await runOnnx(forestToOnnx(leaf), rows, 2))], [0.25, 0.25, 0.25, 0.25, 0.25]);
});

test('trees that training could not split become leaves', async () => {
  const table = { rows: Float32Array.of(1, 1, 1, 1), n: 4, d: 1, labels: Uint8Array.of(0, 1, 0, 0) };
  const forest = await trainForest({ ...table, trees: 3, seed: 1, bootstrap: false });
  assert.deepEqual([...forest.feature], [-1, -1, -1]);
  assert.deepEqual([...(await runOnnx(forestToOnnx(forest), Float32Array.of(1, -5, NaN), 1))], [0.25, 0.25, 0.25]);
});

test('onnxruntime gives the decisions of the support vector machine', async () => {
  const { rows: plain, n, d } = inventTable(400, 12, 3);
  // Features of very different size and one that never varies.
  const scaled = plain.map((x, i) => (i % 12 === 5 ? 7 : x * 10 ** ((i % 12) - 6)));
  for (const clip of [8, 1]) {
    const svm = trainOneClassSvm({ rows: scaled, n, d, nu: 0.1, clip });
    const rows = withOddRows(
      scaled.map((x, i) => (i % 7 === 0 ? 3 * x : x)),
      d,
    );
    assertAgree(await runOnnx(svmToOnnx(svm), rows, d), rows, d, (row) => svmDecision(svm, row), 1e-4);
  }
});

test('a file that was cut short or altered is an error, not a crash', async () => {
  const bytes = forestToOnnx(await trainForest({ ...inventTable(100, 4, 4), trees: 3, seed: 1 }));
  await assert.rejects(InferenceSession.create(bytes.slice(0, bytes.length - 40), { logSeverityLevel: 4 }));
  await assert.rejects(InferenceSession.create(bytes.slice(0, 10), { logSeverityLevel: 4 }));
  await assert.rejects(
    InferenceSession.create(
      bytes.map((byte, i) => (i === 3 ? byte ^ 0xff : byte)),
      { logSeverityLevel: 4 },
    ),
  );
});

test('the file says who wrote it, and which operators it needs', () => {
  const bytes = writeOnnx({
    name: 'none',
    nodes: [],
    constants: {},
    input: { name: 'in', width: 1 },
    output: { name: 'out', width: 1 },
  });
  // Fields of ModelProto: 1 the format's version, 2 the producer, 7 the graph, 8 each set of operators.
  const reader = new BinaryReader(bytes);
  const found: unknown[] = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) found.push([field, reader.int32()]);
    else if (field === 2) found.push([field, reader.string()]);
    else if (field === 8) found.push([field, Buffer.from(reader.bytes()).toString('hex')]);
    else found.push([field, reader.bytes().length > 0]);
  }
  // 0a 00 10 15: domain "", version 21. 0a 0a "ai.onnx.ml" 10 05: version 5.
  const ml = `0a0a${Buffer.from('ai.onnx.ml').toString('hex')}1005`;
  assert.deepEqual(found, [
    [1, 10],
    [2, 'seclyzer'],
    [7, true],
    [8, '0a001015'],
    [8, ml],
  ]);
});
