import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS, type UserSettings } from '../../src-preload/contract.ts';
import { DEFAULT_SETTINGS, settingsFor } from './settings.ts';

const user: UserSettings = {
  ...DEFAULT_USER_SETTINGS,
  thresholds: { normal: 80, monitoring: 60, restricted: 20 },
  budget: { memoryMiB: 250, cpuPercent: 2.5, storageMiB: 99, onBattery: 'same' },
};

test('the defaults are those of the design', () => {
  assert.deepEqual(DEFAULT_SETTINGS.decision, { normal: 70, monitoring: 50, restricted: 35, hysteresis: 5, ticks: 3 });
  assert.deepEqual(DEFAULT_SETTINGS.budget, { memoryMiB: 400, cpuPercent: 6, storageMiB: 1024, onBattery: 'slower' });
  assert.deepEqual(settingsFor({ enrol: {} }), DEFAULT_SETTINGS);
});

test('thresholds and budget are the user’s, enrolment is the host’s, the rest stays', () => {
  const { decision, budget, modalities, ...rest } = settingsFor({ enrol: { mouse: 7 } }, user);
  assert.deepEqual(decision, { normal: 80, monitoring: 60, restricted: 20, hysteresis: 5, ticks: 3 });
  assert.deepEqual(budget, { memoryMiB: 250, cpuPercent: 2.5, storageMiB: 99, onBattery: 'same' });
  assert.equal(modalities.mouse.enrol, 7);
  assert.equal(modalities.keystroke.enrol, 500);
  const { windowUs, hopUs, fusion } = DEFAULT_SETTINGS;
  assert.deepEqual(rest, { windowUs, hopUs, fusion });
});
