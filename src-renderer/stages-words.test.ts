import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StageView } from '../src-preload/contract.ts';
import { stageSentence } from './stages-words.ts';

const LOCAL: StageView = {
  ...{ place: 'local', uses: 'local', reason: null, fix: null, lastRemoteMs: null, refused: 0, comparison: null },
};

test('a sentence of what does not work here alone', () => {
  assert.equal(stageSentence(LOCAL), null);
  const comparison = { sinceMs: 0, pairs: 1200, compared: 1200, outside: 12, states: 0, worst: null };
  assert.match(
    stageSentence({ ...LOCAL, place: 'both', comparison }) ?? '',
    /^What this machine makes is used\. In this hour 1\.0 % of 1.200 figures in 1.200 windows lie further apart than their tolerance\.$/,
  );
  const gone = { ...LOCAL, place: 'remote', reason: 'no Redis is named', fix: 'Name one.' } as const;
  assert.equal(stageSentence(gone), 'What this machine makes is used; no Redis is named. Name one.');
  assert.equal(
    stageSentence({ ...LOCAL, place: 'remote', uses: 'remote', refused: 3 }),
    'What comes from elsewhere is used. Refused, for they are no fresh scores of this machine: 3 messages.',
  );
});
