import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { STATES, type State } from '../../src-preload/contract.ts';
import { trayFace } from './tray-face.ts';

const says = { kind: 'running', state: 'NORMAL', trust: 90, sentence: '', paused: null, locking: null } as const;
const running = (state: State, trust: number | null) => trayFace({ ...says, state, trust });

test('the state is in icon, tooltip and menu', () => {
  assert.deepEqual(running('NORMAL', 94.4), {
    icon: 'tray-check-4',
    tooltip: 'SecLyzer · 94 · normal',
    line: '94 · normal',
    words: 'normal',
  });
  assert.deepEqual(running('LOCKDOWN', 3.2), {
    icon: 'tray-bar-0',
    tooltip: 'SecLyzer · 3 · lockdown',
    line: '3 · lockdown',
    words: 'lockdown',
  });
});

test('the fill follows the trust, not the state', () => {
  const icons = [100, 85, 84.9, 70, 69.9, 35, 34.9, 0].map((trust) => running('MONITORING', trust).icon.at(-1));
  assert.deepEqual(icons.join(' '), '4 4 3 3 2 2 0 0');
});

test('while learning no score is shown, even if one came', () => {
  assert.deepEqual(running('LEARNING', 80), {
    icon: 'tray-ring-0',
    tooltip: 'SecLyzer · learning',
    line: 'learning',
    words: 'learning',
  });
});

test('a pause is said with its end, in local time, and shows no score', () => {
  const untilMs = new Date(2026, 10, 20, 9, 5).getTime();
  const paused = trayFace({ ...says, paused: { sinceMs: 0, untilMs } });
  assert.deepEqual([paused.icon, paused.line], ['tray-slash-0', 'paused until 09:05']);
  assert.equal(trayFace({ ...says, paused: { sinceMs: 0, untilMs: null } }).tooltip, 'SecLyzer · paused');
});

test('a lock that is on its way is said before everything else', () => {
  const locking = trayFace({ ...says, locking: { atMs: 1 }, paused: { sinceMs: 0, untilMs: null } });
  assert.deepEqual([locking.icon, locking.tooltip], ['tray-bar-0', 'SecLyzer · locking the screen']);
});

test('an agent that does not run is said with its reason', () => {
  assert.equal(trayFace({ kind: 'starting' }).tooltip, 'SecLyzer · starting');
  assert.equal(
    trayFace({ kind: 'restarting', reason: 'The agent crashed (SIGSEGV).', delayS: 4 }).tooltip,
    'SecLyzer · starting again in 4 s. The agent crashed (SIGSEGV).',
  );
  const stopped = trayFace({ kind: 'stopped', reason: 'No space is left.' });
  assert.deepEqual(stopped, {
    icon: 'tray-slash-0',
    tooltip: 'SecLyzer · stopped. No space is left.',
    line: 'stopped. No space is left.',
    words: 'stopped. No space is left.',
  });
});

test('every icon is there, for both scales', () => {
  const assets = path.resolve(import.meta.dirname, '../../assets');
  const faces = STATES.flatMap((state) => [null, 0, 40, 75, 90].map((trust) => running(state, trust)));
  for (const { icon } of [...faces, trayFace({ kind: 'starting' })]) {
    for (const file of [`${icon}.png`, `${icon}@2x.png`]) assert.ok(existsSync(path.join(assets, file)), file);
  }
});
