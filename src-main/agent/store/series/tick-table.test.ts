import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tickTable, type TickTable } from './tick-table.ts';

/** Tick n is at n µs, with the values n and n + 1. */
function filled(count: number): TickTable {
  const table = tickTable(2);
  const values = new Float64Array(2);
  for (let n = 0; n < count; n++) {
    // The same array each time: what was added before stays as it was.
    values.set([n, n + 1]);
    table.add({ us: n, values });
  }
  return table;
}

test('ticks come out in the order in which they came, however many there are', () => {
  for (const count of [0, 1, 512, 513, 3600]) {
    const table = filled(count);
    const expected = Array.from({ length: count }, (_, n) => n);
    assert.equal(table.length(), count);
    assert.deepEqual([...table.times()], expected);
    assert.deepEqual(
      [...table.column(1)],
      expected.map((n) => n + 1),
    );
  }
});

test('a value that is missing is missing', () => {
  const table = tickTable(2);
  table.add({ us: 7, values: Float64Array.of(NaN, 3) });
  assert.deepEqual([[...table.times()], [...table.column(0)], [...table.column(1)]], [[7], [NaN], [3]]);
});

test('those that are kept stay in their order, and more can come after them', () => {
  const table = filled(2000);
  table.keep((us) => us % 500 === 3);
  table.add({ us: 1, values: Float64Array.of(8, 9) });
  assert.deepEqual([...table.times()], [3, 503, 1003, 1503, 1]);
  assert.deepEqual([...table.column(1)], [4, 504, 1004, 1504, 9]);
});

test('an hour lies in two blocks: not one for each tick', () => {
  const before = process.memoryUsage().arrayBuffers;
  const table = filled(3600);
  // 4,096 rows of a time and two values of 8 bytes, and what they grew from.
  assert.ok(process.memoryUsage().arrayBuffers - before <= 2 * 4096 * 3 * 8 + 4096);
  assert.equal(table.length(), 3600);
});
