import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyscallView } from '../src-preload/contract.ts';
import { hostView } from './host-view.fixture.ts';
import { cellWords, KEPT, syscallMap, withSecond } from './syscall-map.ts';

const second = (ts: number, calls: SyscallView['calls']): SyscallView => ({
  ...{ ts, seconds: 1, calls, costCpuPercent: 0.4, source: 'bpftrace' },
});
/** Counts at their powers of two of nanoseconds. */
const latencies = (counts: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: Math.max(...Object.keys(counts).map(Number)) + 1 }, (_, power) => counts[power] ?? 0);

test('seconds are added up, calls by their number, latencies in powers of two of microseconds', () => {
  const map = syscallMap([
    second(1, [{ name: 'read', count: 10, errors: 1, latencyLog2Ns: latencies({ 8: 4, 10: 3, 12: 3 }) }]),
    second(2, [
      { name: 'futex', count: 100, errors: 0, latencyLog2Ns: latencies({ 33: 100 }) },
      { name: 'read', count: 1, errors: 1, latencyLog2Ns: latencies({ 12: 1 }) },
    ]),
  ]);
  assert.equal(map.seconds, 2);
  assert.deepEqual(
    map.rows.map(({ name, count, errors }) => [name, count, errors]),
    [
      ['futex', 100, 0],
      ['read', 11, 2],
    ],
  );
  // 2^8 ns is less than a microsecond and stands with 2^10 ns, 2^33 ns is more than a second.
  assert.deepEqual(
    map.rows[1]?.cells.slice(0, 4).map(({ count }) => count),
    [7, 0, 4, 0],
  );
  assert.equal(map.rows[0]?.cells[20]?.count, 100);
  assert.deepEqual([map.columns[0], map.columns[10], map.columns[20]], ['1 µs', '1 ms', '1 s']);
});

test('heat by the logarithm: the most is 1, nothing is 0', () => {
  const [row] = syscallMap([
    second(1, [{ name: 'read', count: 108, errors: 0, latencyLog2Ns: latencies({ 10: 9, 11: 99, 12: 0 }) }]),
  ]).rows;
  // ln 10 of ln 100.
  assert.deepEqual(
    row?.cells.map(({ heat }) => Number(heat.toFixed(6))),
    [0.5, 1, 0],
  );
});

test('what has no room is counted', () => {
  const calls = Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, count: i, errors: 0, latencyLog2Ns: [] }));
  const map = syscallMap([second(1, calls)]);
  assert.deepEqual([map.rows[0]?.name, map.rows.length, map.others, map.columns], ['c19', 16, 4, []]);
});

test('a second is counted once, old ones are forgotten, and all of them when the helper has gone', () => {
  const view = (ts: number) => hostView({ syscalls: { ok: true, reading: second(ts, []) } });
  let kept: readonly SyscallView[] = [];
  for (let ts = 1; ts <= KEPT + 5; ts++) kept = withSecond(withSecond(kept, view(ts)), view(ts));
  assert.deepEqual([kept.length, kept[0]?.ts], [KEPT, 6]);
  assert.deepEqual(withSecond(kept, hostView()), []);
});

test('a cell in words', () => {
  const map = syscallMap([
    second(1, [{ name: 'read', count: 121, errors: 0, latencyLog2Ns: latencies({ 10: 1, 16: 120 }) }]),
  ]);
  const [row] = map.rows;
  assert.ok(row !== undefined);
  const words = (column: number): string =>
    cellWords(row, row.cells[column] ?? { count: 0, heat: 0 }, map.columns, column);
  assert.equal(words(0), 'read: 1 call of less than 2 µs');
  assert.equal(words(6), 'read: 120 calls of 64 µs up to 128 µs');
});
