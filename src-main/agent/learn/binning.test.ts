import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binTable } from './binning.ts';

test('few distinct values keep a bin each', () => {
  // Two features by row; the second is constant.
  const table = binTable(Float32Array.of(3, 7, 1, 7, 2, 7, 3, 7), 4, 2, 256);
  assert.deepEqual([...table.codes], [2, 0, 1, 2, 0, 0, 0, 0]);
  assert.deepEqual(
    table.low.map((values) => [...values]),
    [[1, 2, 3], [7]],
  );
  assert.deepEqual(
    table.high.map((values) => [...values]),
    [[1, 2, 3], [7]],
  );
});

test('many distinct values are cut into bins of equally many rows', () => {
  const table = binTable(
    Float32Array.from({ length: 12 }, (_, i) => 11 - i),
    12,
    1,
    3,
  );
  assert.deepEqual([...table.codes], [2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0]);
  assert.deepEqual([...(table.low[0] ?? [])], [0, 4, 8]);
  assert.deepEqual([...(table.high[0] ?? [])], [3, 7, 11]);
});

test('equal values stay together, and the rows that are left are shared among the bins that are left', () => {
  // 6 × 0, then 1 to 6: with 3 bins the zeros fill one and the six others share two.
  const table = binTable(Float32Array.of(0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6), 12, 1, 3);
  assert.deepEqual([...table.codes], [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
});

test('never more bins than asked for, every row in the bin that spans it', () => {
  const values = Float32Array.from({ length: 5000 }, (_, i) => Math.fround(Math.sin(i * i) * i));
  const table = binTable(values, 5000, 1, 256);
  const [low, high] = [table.low[0] ?? new Float32Array(), table.high[0] ?? new Float32Array()];
  assert.equal(low.length, 256);
  assert.equal(high.length, 256);
  const sizes = new Float64Array(256);
  values.forEach((value, i) => {
    const bin = table.codes[i] ?? -1;
    assert.ok((low[bin] ?? Infinity) <= value && value <= (high[bin] ?? -Infinity));
    sizes[bin] = (sizes[bin] ?? 0) + 1;
  });
  // 5000 / 256 = 19.5; nearly all values are distinct.
  assert.ok(Math.max(...sizes) <= 21 && Math.min(...sizes) >= 18);
});

test('a value that is not finite is named, a table of another size refused', () => {
  assert.throws(() => binTable(Float32Array.of(1, 2, 3, NaN), 2, 2, 256), /feature 1 of training row 1 is NaN/);
  assert.throws(() => binTable(Float32Array.of(1, Infinity), 2, 1, 256), /feature 0 of training row 1 is Infinity/);
  assert.throws(() => binTable(Float32Array.of(1, 2, 3), 2, 2, 256), /are 4 values, not 3/);
  assert.throws(() => binTable(new Float32Array(), 0, 2, 256), /nothing to learn from/);
});
