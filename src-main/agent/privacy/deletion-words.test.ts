import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deletion } from '../../../src-preload/contract.ts';
import { deletionSentence } from './deletion-words.ts';

const NOTHING = {
  ...{ readings: 0, windows: 0, models: 0, decisions: 0, entries: 0, incidents: 0, alerts: 0 },
  ...{ freedBytes: 0, unfinished: null },
};
const PERIOD: Deletion = {
  ...{ parts: ['history'], modality: null },
  ...{ fromMs: new Date(2026, 10, 14).getTime(), toMs: new Date(2026, 10, 17).getTime() - 1 },
};

test('what went, of when, and what it gave back', () => {
  const gone = { ...NOTHING, readings: 12_000, decisions: 3, freedBytes: 1_234_567 };
  assert.equal(
    deletionSentence(PERIOD, gone),
    'Deleted 12,000 readings and 3 decisions of 14 to 16 November 2026; 1.2 MB given back.',
  );
  assert.equal(
    deletionSentence({ ...PERIOD, toMs: null }, { ...NOTHING, readings: 1 }),
    'Deleted 1 reading since 14 November 2026.',
  );
  assert.equal(
    deletionSentence({ ...PERIOD, fromMs: null }, NOTHING),
    'There was nothing up to 16 November 2026 to delete.',
  );
});

test('a modality, everything, and what is still to be done', () => {
  const typing: Deletion = { parts: ['learned', 'history'], modality: 'keystroke', fromMs: null, toMs: null };
  assert.equal(
    deletionSentence(typing, { ...NOTHING, models: 2, windows: 40 }),
    'Deleted 40 learned stretches of use and 2 versions of your models of typing.',
  );
  const all: Deletion = { ...typing, parts: ['learned', 'history', 'machine', 'guard', 'log'], modality: null };
  assert.equal(deletionSentence(all, NOTHING), 'Deleted everything.');
  assert.equal(
    deletionSentence(all, { ...NOTHING, incidents: 1, unfinished: 'The disk is full.' }),
    'Deleted everything: 1 incident. Some bytes are overwritten only at the next start. The disk is full.',
  );
  assert.match(
    deletionSentence({ ...PERIOD, parts: ['learned'] }, { ...NOTHING, windows: 2 }),
    /^Deleted 2 learned stretches of use of 14 to 16 November 2026\. Models that were made before/,
  );
});
