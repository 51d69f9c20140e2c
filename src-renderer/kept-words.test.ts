import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DATA_PARTS, DEFAULT_USER_SETTINGS } from '../src-preload/contract.ts';
import { bytesWords, deletionEffect, deletionOf, deletionQuestion, keptFor, sinceWords } from './kept-words.ts';

const MINUTE_MS = 60_000;

test('sizes as a glance can use them', () => {
  assert.deepEqual([0, 48_200, 999_400, 999_500, 1_240_000, 48_000_000].map(bytesWords), [
    ...['0 kB', '48 kB', '999 kB', '1.0 MB', '1.2 MB', '48 MB'],
  ]);
  assert.equal(sinceWords(null), '—');
});

test('how long each part is kept, as the settings have it', () => {
  const settings = {
    ...DEFAULT_USER_SETTINGS,
    retention: { historyDays: 1, machineDays: 12, logDays: 90 },
    guard: { ...DEFAULT_USER_SETTINGS.guard, advanced: { keepHighDays: 60 } },
  };
  assert.deepEqual(
    DATA_PARTS.map((part) => keptFor(part, settings)),
    ['until you delete it', '1 day', '12 days', '7 to 60 days', '90 days'],
  );
});

test('days are whole ones of local time, and both count', () => {
  const found = deletionOf({ what: 'history', from: '2026-11-14', to: '2026-11-16' });
  assert.deepEqual(found?.parts, ['history']);
  const begin = new Date(2026, 10, 14).getTime();
  assert.equal(found?.fromMs, begin);
  assert.equal(found?.toMs, new Date(2026, 10, 17).getTime() - 1);
  assert.equal(deletionOf({ what: 'history', from: '2026-11-16', to: '2026-11-14' }), null);
  const day = deletionOf({ what: 'guard', from: '2026-11-14', to: '2026-11-14' });
  assert.equal(((day?.toMs ?? 0) + 1 - (day?.fromMs ?? 0)) / MINUTE_MS, 1440);
});

test('everything, a part, and what is of one modality', () => {
  const whole = { from: '', to: '' };
  assert.deepEqual(deletionOf({ what: 'everything', ...whole }), {
    ...{ parts: ['learned', 'history', 'machine', 'guard', 'log'], modality: null, fromMs: null, toMs: null },
  });
  assert.deepEqual(deletionOf({ what: 'mouse', ...whole })?.modality, 'mouse');
  assert.equal(deletionQuestion({ what: 'everything', ...whole }), 'Delete everything that is kept of you?');
  assert.equal(
    deletionQuestion({ what: 'guard', from: '2026-11-14', to: '2026-11-16' }),
    'Delete attacks in the log from 14 Nov up to 16 Nov?',
  );
  assert.match(deletionEffect({ what: 'everything', ...whole }), /^Only your settings stay/);
  assert.match(deletionEffect({ what: 'everything', from: '2026-11-14', to: '' }), /^Models stay/);
  assert.equal(deletionEffect({ what: 'machine', ...whole }), 'This cannot be undone.');
});
