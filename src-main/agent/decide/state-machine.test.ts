import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../../src-preload/contract.ts';
import { decide, reauthenticated, STARTING, stateOfTrust, type DecisionState } from './state-machine.ts';

const settings = { normal: 70, monitoring: 50, restricted: 35, hysteresis: 5, ticks: 3 };
const run = (trusts: readonly (number | null)[], from: DecisionState = STARTING): readonly State[] => {
  let now = from;
  return trusts.map((trust) => (now = decide(now, trust, settings)).state);
};
const normal: DecisionState = { state: 'NORMAL', recent: [] };

test('the thresholds belong to the milder state', () => {
  const states = [70, 69.9, 50, 49.9, 35, 34.9].map((trust) => stateOfTrust(trust, settings));
  assert.deepEqual(states, ['NORMAL', 'MONITORING', 'MONITORING', 'RESTRICTED', 'RESTRICTED', 'LOCKDOWN']);
});

test('no model means LEARNING, the first score means NORMAL whatever it is', () => {
  assert.deepEqual(run([null, null, 20]), ['LEARNING', 'LEARNING', 'NORMAL']);
});

test('two low ticks change nothing, the third does', () => {
  assert.deepEqual(run([60, 60, 90, 60, 60, 60], normal).slice(-3), ['NORMAL', 'NORMAL', 'MONITORING']);
});

test('a steep fall goes to the mildest of the last three, then further', () => {
  const fall = run([60, 40, 20, 20, 20, 20], normal);
  assert.deepEqual(fall, ['NORMAL', 'NORMAL', 'MONITORING', 'RESTRICTED', 'LOCKDOWN', 'LOCKDOWN']);
});

test('the way back needs five points more, for three ticks', () => {
  const watched: DecisionState = { state: 'MONITORING', recent: [] };
  assert.equal(run([74.9, 74.9, 74.9, 74.9], watched).at(-1), 'MONITORING');
  assert.deepEqual(run([75, 75, 75], watched), ['MONITORING', 'MONITORING', 'NORMAL']);
});

test('a bounce around a threshold does not flap', () => {
  const states = run([69, 71, 69, 71, 69, 71, 69, 71], normal);
  assert.deepEqual(new Set(states), new Set(['NORMAL']));
});

test('re-authentication ends an alarm at once and does nothing while learning', () => {
  assert.equal(reauthenticated({ state: 'LOCKDOWN', recent: ['LOCKDOWN'] }).state, 'NORMAL');
  assert.equal(reauthenticated(STARTING).state, 'LEARNING');
});
