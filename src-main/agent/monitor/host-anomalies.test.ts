import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anomaly } from '../../../src-preload/contract.ts';
import { hostAnomaliesOf } from './host-anomalies.ts';

const top = { byCpu: [], byMemory: [], byGrowth: [], byDisk: [] };
const anomaly = (id: number, atMs: number, score: number): Anomaly => ({
  ...{ id, atMs, score, family: 'cpu', key: 'cpu.busyPercent', channel: 'jump', value: 97, usual: 4, z: 31 },
  sentence: 'The processor’s load changed suddenly to 97 %; usual of late is 4 %.',
  evidence: { rankedBy: 'cpu', processes: [], top, neighbours: [], syscalls: null },
});
const monitor = { anomalies: () => [anomaly(3, 300, 0.9), anomaly(2, 200, 0.79), anomaly(1, 100, 0.5)] };

test('those of a period, both ends included, newest first and without their evidence', () => {
  assert.deepEqual(hostAnomaliesOf(monitor, 100, 200), [
    {
      ...{ id: 2, ts: 200, metric: 'The processor’s load', severity: 'unusual' },
      sentence: 'The processor’s load changed suddenly to 97 %; usual of late is 4 %.',
    },
    {
      ...{ id: 1, ts: 100, metric: 'The processor’s load', severity: 'unusual' },
      sentence: 'The processor’s load changed suddenly to 97 %; usual of late is 4 %.',
    },
  ]);
});

test('without an end, up to the present; four times what makes an alarm is very unusual', () => {
  assert.deepEqual(
    hostAnomaliesOf(monitor, 200).map(({ id, severity }) => [id, severity]),
    [
      [3, 'very unusual'],
      [2, 'unusual'],
    ],
  );
});
