import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../../src-preload/contract.ts';
import { FULL_KEEPING } from '../store/keeping.ts';
import { economyOf, thriftyGuard, thriftyMonitor } from './economy.ts';
import { STEPS } from './steps.ts';

const { monitor, guard } = DEFAULT_USER_SETTINGS;

test('with everything on, on the mains, nothing is held back', () => {
  for (const power of ['mains', 'unknown'] as const)
    assert.deepEqual(economyOf([], power, 'slower'), {
      ...{ hops: 1, monitorSeconds: 1, guardMs: 0, mayTrain: true, modelIdleMs: 120_000, modalitiesOff: new Set() },
      ...{ monitorOff: false, guardOff: false, figures: true, keeping: FULL_KEEPING, slowerOnBattery: false },
    });
});

test('on battery: slower, where the settings have it so', () => {
  const { hops, monitorSeconds, guardMs, slowerOnBattery } = economyOf([], 'battery', 'slower');
  assert.deepEqual([hops, monitorSeconds, guardMs, slowerOnBattery], [2, 5, 5000, true]);
  assert.deepEqual(economyOf([], 'battery', 'same'), economyOf([], 'mains', 'same'));
});

test('battery and steps: the slower of the two', () => {
  const both = economyOf(['hop-2s', 'hop-5s', 'guard-slow'], 'battery', 'slower');
  assert.deepEqual([both.hops, both.monitorSeconds, both.guardMs, both.mayTrain], [5, 5, 15_000, false]);
  assert.equal(both.slowerOnBattery, true, 'the host monitor still is');
  const all = economyOf(['hop-5s', 'monitor-5s', 'guard-slow'], 'battery', 'slower');
  assert.equal(all.slowerOnBattery, false, 'the steps are as slow by themselves');
});

test('every step changes something', () => {
  const on = economyOf([], 'mains', 'slower');
  for (const { id } of STEPS) assert.notDeepEqual(economyOf([id], 'mains', 'slower'), on, id);
});

test('what is given up of the modalities, the monitor, the guard and the history', () => {
  const off = economyOf(['writing-off', 'apps-off', 'mouse-off', 'keyboard-off'], 'mains', 'slower');
  assert.deepEqual(off.modalitiesOff, new Set(['linguistic', 'app', 'mouse', 'keystroke']));
  const less = economyOf(['short-events', 'short-readings', 'short-figures', 'no-figures'], 'mains', 'slower');
  assert.deepEqual(less.keeping, { eventMinutes: 10, rowHours: 6, minuteDays: 1, figureDays: 7 });
  assert.equal(less.figures, false);
});

test('the settings of the monitor and the guard as they hold: never faster than the user wants, never on when he wants them off', () => {
  const slow = economyOf(['monitor-5s'], 'mains', 'slower');
  assert.deepEqual(thriftyMonitor(monitor, slow), { ...monitor, intervalSeconds: 5 });
  assert.equal(thriftyMonitor({ ...monitor, intervalSeconds: 60 }, slow).intervalSeconds, 60);
  const off = economyOf(['monitor-off', 'guard-off'], 'mains', 'slower');
  assert.deepEqual([thriftyMonitor(monitor, off).enabled, thriftyGuard(guard, off).enabled], [false, false]);
  assert.equal(thriftyGuard({ ...guard, enabled: false }, slow).enabled, false);
});
