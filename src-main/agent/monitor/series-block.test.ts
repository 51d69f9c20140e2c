import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeriesBlock } from './series-block.ts';

const list = (values: Float64Array | undefined): number[] => [...(values ?? [])];

test('the last readings of a field, those without a value left out', () => {
  const block = createSeriesBlock(4);
  assert.equal(block.window('a', 0), null);
  assert.ok(Number.isNaN(block.last('a')));
  for (let i = 1; i <= 6; i++) block.push(i * 1000, { a: i, b: i === 4 ? null : 10 * i });
  assert.deepEqual(block.fields(), ['a', 'b']);
  assert.deepEqual(list(block.window('a', -Infinity)?.values), [3, 4, 5, 6]);
  assert.deepEqual(list(block.window('b', 4000)?.values), [50, 60]);
  assert.deepEqual(list(block.window('b', 4000)?.times), [5000, 6000]);
  assert.deepEqual([block.last('b'), block.lastMs()], [60, 6000]);
  assert.deepEqual(list(block.window('a', 7000)?.values), []);
});

test('fields may come, go, and change their order', () => {
  const block = createSeriesBlock(10);
  block.push(1, { a: 1 });
  block.push(2, { b: 20, a: 2 });
  block.push(3, { b: 30 });
  block.push(4, { a: 4, b: 40 });
  assert.deepEqual(list(block.window('a', 0)?.values), [1, 2, 4]);
  assert.deepEqual(list(block.window('b', 0)?.values), [20, 30, 40]);
  assert.deepEqual(list(block.window('b', 0)?.times), [2, 3, 4]);
});
