import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../src-preload/contract.ts';
import {
  apiAbility,
  changeOf,
  defaultOf,
  isDefault,
  readNumber,
  readShortcut,
  readTimeOfDay,
  refusalOf,
  abilityRemark,
} from './settings-form.ts';

test('figures are read with a point or a comma, and nothing else is a figure', () => {
  assert.deepEqual(['70', ' 6.5 ', '6,5', '.5', '-1', '+3'].map(readNumber), [70, 6.5, 6.5, 0.5, -1, 3]);
  for (const typed of ['', ' ', '.', 'seventy', '1e3', '0x10', '7 0', '1.000,5', 'NaN', 'Infinity'])
    assert.equal(readNumber(typed), null, typed);
});

test('a shortcut is read without its spaces; a cleared one is none', () => {
  assert.deepEqual(['Ctrl + Alt + S', 'Ctrl+S', '  ', ''].map(readShortcut), ['Ctrl+Alt+S', 'Ctrl+S', null, null]);
});

test('a time of day may be typed with one figure for the hour, and with a full stop', () => {
  const typed = ['22:30', ' 7:05 ', '7.05', '07:05', 'noon'];
  assert.deepEqual(typed.map(readTimeOfDay), ['22:30', '07:05', '07:05', '07:05', 'noon']);
});

test('what is allowed is not refused', () => {
  const quiet = { from: '22:00', to: '07:00' };
  assert.equal(refusalOf({ notifications: { enabled: true, recovery: false, quiet } }), null);
  assert.equal(refusalOf({ shortcut: null, autostart: true }), null);
});

test("what is refused is said in the words of the settings' rules", () => {
  assert.equal(refusalOf({ retention: { ...defaultOf('retention'), historyDays: 0 } }), 'must be at least 1.');
  assert.equal(refusalOf({ retention: { ...defaultOf('retention'), historyDays: 366 } }), 'must be at most 365.');
  assert.equal(
    refusalOf({ thresholds: { normal: 70, monitoring: 66, restricted: 35 } }),
    'must fall by at least 5 points from normal to monitoring to restricted.',
  );
  assert.equal(refusalOf({ shortcut: 'S' }), 'must look like Ctrl+Alt+S.');
  assert.equal(
    refusalOf({ notifications: { enabled: true, recovery: true, quiet: { from: '25:00', to: '07:00' } } }),
    'must be a time of day such as 22:30.',
  );
});

test('a group is at its defaults when each of its members is, in whatever order', () => {
  const { budget, notifications } = DEFAULT_USER_SETTINGS;
  const turned = { onBattery: 'slower', storageMiB: 1024, cpuPercent: 6, memoryMiB: 400 } as const;
  assert.equal(isDefault('budget', { ...DEFAULT_USER_SETTINGS, budget: turned }), true);
  assert.equal(isDefault('budget', { ...DEFAULT_USER_SETTINGS, budget: { ...budget, cpuPercent: 7 } }), false);
  const quiet = { from: '22:00', to: '07:00' };
  assert.equal(
    isDefault('notifications', { ...DEFAULT_USER_SETTINGS, notifications: { ...notifications, quiet } }),
    false,
  );
  assert.equal(isDefault('shortcut', { ...DEFAULT_USER_SETTINGS, shortcut: 'Ctrl+S' }), false);
});

test('a change names its group alone', () => {
  assert.deepEqual(changeOf('lock', { enabled: true }), { lock: { enabled: true } });
  assert.deepEqual(changeOf('shortcut', null), { shortcut: null });
});

test('what can not be had says why and what to do, in whole sentences', () => {
  assert.equal(abilityRemark(undefined), null);
  assert.equal(abilityRemark({ available: true, reason: null, fix: null }), null);
  assert.equal(
    abilityRemark({ available: true, reason: 'it is taken', fix: 'Choose another.' }),
    'It is taken. Choose another.',
  );
  assert.equal(
    abilityRemark({ available: false, reason: 'only the tray can do this', fix: 'Start it.' }),
    'Not available here: only the tray can do this. Start it.',
  );
  assert.equal(
    abilityRemark({ available: false, reason: 'There is no bus.', fix: null }),
    'Not available here: There is no bus.',
  );
});

test('the API can always be turned on; what keeps it from listening is said beside the switch', () => {
  const view = { wanted: true, url: null, reason: 'Port 47700 is in use', fix: 'Choose another port.' };
  assert.equal(abilityRemark(apiAbility(view)), 'Port 47700 is in use. Choose another port.');
  assert.equal(abilityRemark(apiAbility({ ...view, reason: null, fix: null })), null);
  assert.equal(apiAbility(view).available, true);
});
