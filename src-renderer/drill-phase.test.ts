import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drill } from '../src-preload/contract.ts';
import { clockLeft, drillPhase, readMinutes } from './drill-phase.ts';

const drill: Drill = {
  ...{ startedMs: 5000, untilMs: 125_000, endedMs: null, keystrokes: 0, lowestTrust: null, alarms: [], sentence: '' },
};

test('from nothing over the handing over to the end', () => {
  assert.deepEqual(drillPhase(null, 0), { kind: 'none' });
  assert.deepEqual(drillPhase(drill, null), { kind: 'none' });
  assert.deepEqual(drillPhase(drill, 0), { kind: 'handover', seconds: 5 });
  assert.deepEqual(drillPhase(drill, 4999), { kind: 'handover', seconds: 1 });
  assert.deepEqual(drillPhase(drill, 5000), { kind: 'running', leftS: 120 });
  assert.deepEqual(drillPhase(drill, 64_001), { kind: 'running', leftS: 61 });
  // Its end comes with the tick after it.
  assert.deepEqual(drillPhase(drill, 126_500), { kind: 'running', leftS: 0 });
  assert.deepEqual(drillPhase({ ...drill, endedMs: 30_000 }, 30_001), { kind: 'over' });
  assert.deepEqual(drillPhase(drill, 141_000), { kind: 'none' }, 'its agent is gone');
});

test('minutes and seconds, and how long a drill may be', () => {
  assert.deepEqual([0, 5, 61, 1800].map(clockLeft), ['0:00', '0:05', '1:01', '30:00']);
  assert.deepEqual(['2', '0,5', ' 30 ', '0.4', '31', '', 'two'].map(readMinutes), [2, 0.5, 30, null, null, null, null]);
});
