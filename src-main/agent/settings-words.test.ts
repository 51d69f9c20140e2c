import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS as before, type UserSettings } from '../../src-preload/contract.ts';
import { describeChange } from './settings-words.ts';

test('nothing changed, nothing said', () => {
  assert.deepEqual(describeChange(before, structuredClone(before)), []);
});

test('one sentence for each changed setting, old and new value in it', () => {
  const after: UserSettings = {
    ...before,
    thresholds: { ...before.thresholds, monitoring: 45 },
    notifications: { enabled: false, recovery: true, quiet: { from: '22:00', to: '07:00' } },
    lock: { enabled: true },
    shortcut: 'Ctrl+Alt+S',
    retention: { historyDays: 60, machineDays: 10, logDays: 90 },
    api: { enabled: true, port: 9999, address: '192.0.2.7' },
  };
  assert.deepEqual(describeChange(before, after), [
    'The threshold of monitoring: 50 → 45.',
    'Notifications were turned off.',
    'Quiet hours: none → 22:00 to 07:00.',
    'Locking the screen was turned on.',
    'The shortcut: none → Ctrl+Alt+S.',
    'Trust and scores are kept for: 30 → 60 days.',
    'Figures of this machine are kept for: 30 → 10 days.',
    'The audit log is kept for: 30 → 90 days.',
    'The API was turned on.',
    'The port of the API: the next free one → 9999.',
    'The address of the API: 127.0.0.1 → 192.0.2.7.',
  ]);
});

type Tree = { readonly [key: string]: unknown };

/** Every setting once, each changed alone. */
function* changedOne(tree: Tree): Generator<Tree> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'object' && value !== null)
      for (const changed of changedOne(value as Tree)) yield { ...tree, [key]: changed };
    else yield { ...tree, [key]: typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : 'X' };
  }
}

test('of the advanced settings of the log guard, those that changed', () => {
  const after = { ...before, guard: { ...before.guard, advanced: { pollMs: 500, stream: true } } };
  assert.deepEqual(describeChange(before, after), ['Advanced settings of the log guard: pollMs 500, stream true.']);
  const again = { ...before, guard: { ...before.guard, advanced: { stream: true } } };
  assert.deepEqual(describeChange(after, again), ['Advanced settings of the log guard: pollMs as in the profile.']);
});

test('no setting is left out', () => {
  const all = [...changedOne(before)] as unknown as readonly UserSettings[];
  assert.equal(all.length, 51);
  for (const after of all) assert.equal(describeChange(before, after).length, 1, JSON.stringify(after));
});
