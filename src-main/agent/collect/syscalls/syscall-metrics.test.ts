import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syscallMetrics } from './syscall-metrics.ts';

const call = (name: string, count: number, errors = 0) => ({ name, count, errors, latencyLog2Ns: [] });
const reading = { ts: 1, seconds: 2, costCpuPercent: 0.7, source: 'bpftrace' } as const;

test('totals and the busiest calls, a second', () => {
  const found = syscallMetrics({ ...reading, calls: [call('read', 300, 10), call('write', 100)] });
  assert.deepEqual(found, {
    values: { callsPerSecond: 200, errorsPerSecond: 5, costPercent: 0.7 },
    parts: {
      read: { callsPerSecond: 150, errorsPerSecond: 5 },
      write: { callsPerSecond: 50, errorsPerSecond: 0 },
    },
  });
});

test('of many calls the totals hold all, the parts the first twelve', () => {
  const calls = Array.from({ length: 40 }, (_, i) => call(`call_${i}`, 2));
  const found = syscallMetrics({ ...reading, calls });
  assert.equal(found.values['callsPerSecond'], 40);
  assert.equal(Object.keys(found.parts).length, 12);
});
