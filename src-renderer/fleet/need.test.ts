import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOver, needOf, NEEDS_A_LOOK, worstOpen } from './need.ts';
import { openIncidents, rowOf } from './rows.fixture.ts';

const over = {
  memoryMiB: { used: 401, limit: 400 },
  cpuPercent: { used: 0, limit: 6 },
  storageMiB: { used: 0, limit: 9 },
};

test('how soon somebody should look', () => {
  const needs = (
    [
      [rowOf('well'), 0],
      [rowOf('learns', { state: 'LEARNING', trust: null, low: null, high: null }), 0],
      [rowOf('low incident', openIncidents({ LOW: 3 })), 0],
      [rowOf('paused', { paused: true }), 1],
      [rowOf('monitored', { state: 'MONITORING' }), 2],
      [rowOf('medium incident', openIncidents({ MEDIUM: 1 })), 2],
      [rowOf('over', { budget: over }), 2],
      [rowOf('blind', { blind: true }), 2],
      [rowOf('high incident', openIncidents({ HIGH: 1, LOW: 9 })), 3],
      [rowOf('restricted', { state: 'RESTRICTED' }), 4],
      [rowOf('critical incident', openIncidents({ CRITICAL: 1 })), 4],
      [rowOf('locked down', { state: 'LOCKDOWN' }), 5],
      [rowOf('paused in lockdown', { state: 'LOCKDOWN', paused: true }), 1],
    ] as const
  ).map(([row, need]) => [row.host, needOf(row), need] as const);
  for (const [host, found, need] of needs) assert.equal(found, need, host);
  assert.equal(NEEDS_A_LOOK, 2);
});

test('a silent one has none: nobody knows how it stands', () => {
  assert.equal(needOf(rowOf('gone', { state: 'LOCKDOWN' }, { silent: true })), 0);
  assert.equal(needOf(rowOf('unknown', {}, { silent: true, view: null })), 0);
});

test('the worst that is open, and what is over its budget', () => {
  assert.equal(worstOpen(openIncidents({ LOW: 5, HIGH: 1 })), 'HIGH');
  assert.equal(worstOpen(openIncidents({})), null);
  assert.equal(worstOpen({ open: null }), null);
  assert.equal(isOver({ budget: over }), true);
  assert.equal(isOver({ budget: { ...over, memoryMiB: { used: 400, limit: 400 } } }), false);
  assert.equal(isOver({ budget: null }), false);
});
