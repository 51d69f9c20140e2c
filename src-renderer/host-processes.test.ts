import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessRow, TopProcesses } from '../src-preload/contract.ts';
import { firstOrder, heldRows, nextOrder, orderedRows, ROWS } from './host-processes.ts';

const row = (pid: number, change: Partial<ProcessRow> = {}): ProcessRow => ({
  ...{ pid, name: `p${pid}`, cpuPercent: 0, rssMiB: 1, growthMiB: 0, vmsMiB: 10, threads: 1, startedMs: pid * 1000 },
  ...{ readBytesPerSecond: null, writtenBytesPerSecond: null, commandLine: null },
  ...change,
});
const top = (byCpu: ProcessRow[], byMemory: ProcessRow[] = []): TopProcesses => ({
  ...{ byCpu, byMemory, byGrowth: [], byDisk: [] },
});
const pids = (rows: readonly ProcessRow[]): readonly number[] => rows.map(({ pid }) => pid);

test('both lists in one, each process once, by the chosen column', () => {
  const busy = row(3, { cpuPercent: 90, rssMiB: 5 });
  const lists = top([busy, row(9, { cpuPercent: 4 })], [row(5, { rssMiB: 800, name: 'a' }), busy]);
  assert.deepEqual(pids(orderedRows(lists, firstOrder('cpuPercent'))), [3, 9, 5]);
  assert.deepEqual(pids(orderedRows(lists, firstOrder('rssMiB'))), [5, 3, 9]);
  assert.deepEqual(pids(orderedRows(lists, firstOrder('name'))), [5, 3, 9]);
  assert.deepEqual(pids(orderedRows(lists, { by: 'startedMs', up: true })), [3, 5, 9]);
});

test('idle ones keep their places, and there are no more rows than have room', () => {
  const idle = Array.from({ length: 15 }, (_, i) => row(100 - i));
  assert.deepEqual(pids(orderedRows(top(idle), firstOrder('cpuPercent'))).slice(0, 3), [86, 87, 88]);
  assert.equal(orderedRows(top(idle), firstOrder('pid')).length, ROWS);
});

test('amounts begin with the most, names and numbers with the first; the same column again turns round', () => {
  assert.deepEqual([firstOrder('threads').up, firstOrder('name').up, firstOrder('pid').up], [false, true, true]);
  const turned = nextOrder(firstOrder('cpuPercent'), 'cpuPercent');
  assert.deepEqual(turned, { by: 'cpuPercent', up: true });
  assert.deepEqual(nextOrder(turned, 'rssMiB'), { by: 'rssMiB', up: false });
});

test('held rows keep their places with figures of now; who has gone keeps his last ones', () => {
  const shown = [row(1, { cpuPercent: 50 }), row(2, { cpuPercent: 40 })];
  const now = heldRows(top([row(2, { cpuPercent: 99 })]), shown);
  assert.deepEqual(
    now.map(({ pid, cpuPercent }) => [pid, cpuPercent]),
    [
      [1, 50],
      [2, 99],
    ],
  );
});
