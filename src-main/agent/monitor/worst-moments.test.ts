import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processRow, topOf } from './events.fixture.ts';
import { worstMoments } from './worst-moments.ts';

test('everybody at his worst, as many as one list was long', () => {
  const lists = [
    topOf(processRow(1, { cpuPercent: 10 }), processRow(2, { cpuPercent: 5 })),
    { ...topOf(processRow(3, { cpuPercent: 80 })), byDisk: [processRow(4, { writtenBytesPerSecond: 900 })] },
    {
      ...topOf(processRow(2, { cpuPercent: 30 }), processRow(1, { cpuPercent: 1 })),
      byDisk: [processRow(4, { readBytesPerSecond: 100 })],
    },
  ];
  const { byCpu, byDisk, byMemory } = worstMoments(lists);
  assert.deepEqual(
    byCpu.map(({ pid, cpuPercent }) => [pid, cpuPercent]),
    [
      [3, 80],
      [2, 30],
    ],
  );
  assert.deepEqual(
    byDisk.map(({ pid, writtenBytesPerSecond }) => [pid, writtenBytesPerSecond]),
    [[4, 900]],
  );
  assert.deepEqual(byMemory, []);
});

test('none', () => {
  assert.deepEqual(worstMoments([]), { byCpu: [], byMemory: [], byGrowth: [], byDisk: [] });
});
