import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentStatus } from './agent-process.ts';
import { trayMenu, type MenuEntry } from './tray-menu.ts';

const RUNNING = { kind: 'running', state: 'NORMAL', trust: 94, sentence: '', paused: null, locking: null } as const;
const PAUSED = { ...RUNNING, paused: { sinceMs: 0, untilMs: null } };
const LOCKING = { ...RUNNING, locking: { atMs: 0 } };

function labels(entries: readonly MenuEntry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'separator') return ['-'];
    return entry.kind === 'group' ? [`${entry.label}(${labels(entry.entries).join(', ')})`] : [entry.label];
  });
}
const menu = (status: AgentStatus): string[] => labels(trayMenu(status, 'the state'));

test('from top to bottom: state, dashboard, pause, settings, about, quit', () => {
  assert.deepEqual(menu(RUNNING), [
    'the state',
    '-',
    'Open dashboard',
    'Pause(For 15 minutes, For 1 hour, Until I resume)',
    '-',
    'Settings',
    'About',
    '-',
    'Quit',
  ]);
});

test('what is paused can be resumed instead', () => {
  assert.deepEqual(menu(PAUSED).slice(2, 4), ['Open dashboard', 'Resume']);
});

test('a pause is no way around a lock, and neither is a pause that was there before', () => {
  for (const status of [LOCKING, { ...LOCKING, paused: PAUSED.paused }]) {
    const group = trayMenu(status, '').find((entry) => entry.kind === 'group');
    assert.deepEqual([group?.label, group?.enabled], ['Pause', false]);
    assert.ok(!menu(status).includes('Resume'));
  }
});

test('without an agent there is nothing to pause, and one that has stopped can be started', () => {
  assert.deepEqual(menu({ kind: 'starting' }).slice(0, 4), ['the state', '-', 'Open dashboard', '-']);
  assert.deepEqual(menu({ kind: 'restarting', reason: '', delayS: 2 }), menu({ kind: 'starting' }));
  assert.deepEqual(menu({ kind: 'stopped', reason: '' }).slice(0, 4), [
    'the state',
    'Start again',
    '-',
    'Open dashboard',
  ]);
});

test('each pause says how long', () => {
  const group = trayMenu(RUNNING, '').find((entry) => entry.kind === 'group');
  assert.ok(group?.kind === 'group' && group.enabled);
  const choices = group.entries.map((entry) => (entry.kind === 'choice' ? entry.choice : null));
  assert.deepEqual(choices, [
    { kind: 'pause', minutes: 15 },
    { kind: 'pause', minutes: 60 },
    { kind: 'pause', minutes: null },
  ]);
});

test('a long reason is cut in the menu', () => {
  const [first] = trayMenu({ kind: 'stopped', reason: '' }, 'x'.repeat(2000));
  assert.deepEqual(first, { kind: 'text', label: `${'x'.repeat(100)}…` });
});
