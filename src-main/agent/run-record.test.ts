import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import { recordStart, recordStop, rememberSettings } from './run-record.ts';

function run() {
  const facts = new Map<string, string>();
  const said: string[] = [];
  const store = {
    get: (key: string) => facts.get(key) ?? null,
    set: (key: string, value: string) => void facts.set(key, value),
  };
  return { store, said, audit: (kind: string, text: string) => void said.push(`${kind}: ${text}`), facts };
}

test('an end that nobody announced is told by the next start', () => {
  const { store, said, audit } = run();
  recordStart(store, audit, DEFAULT_USER_SETTINGS);
  recordStart(store, audit, DEFAULT_USER_SETTINGS);
  recordStop(store, audit);
  recordStart(store, audit, DEFAULT_USER_SETTINGS);
  assert.deepEqual(said, [
    'start: SecLyzer started.',
    'start: SecLyzer started. Before that it had ended without notice.',
    'stop: SecLyzer stopped.',
    'start: SecLyzer started.',
  ]);
});

test('settings that were edited while nobody looked are written down; those that were changed here are not again', () => {
  const { store, said, audit, facts } = run();
  const lax = { ...DEFAULT_USER_SETTINGS, thresholds: { ...DEFAULT_USER_SETTINGS.thresholds, normal: 40 } };
  recordStart(store, audit, DEFAULT_USER_SETTINGS);
  recordStop(store, audit);
  recordStart(store, audit, lax);
  assert.match(said.at(-1) ?? '', /^setting: Changed while SecLyzer was not running: .*70 → 40/);
  const before = said.length;
  rememberSettings(store, DEFAULT_USER_SETTINGS);
  recordStop(store, audit);
  recordStart(store, audit, DEFAULT_USER_SETTINGS);
  assert.equal(said.length, before + 2);
  // What can't be read says nothing of what was changed.
  facts.set('settings-in-force', '{"thresholds":"none"}');
  recordStop(store, audit);
  recordStart(store, audit, lax);
  assert.equal(said.length, before + 4);
});
