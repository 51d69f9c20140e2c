import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StageView } from '../src-preload/contract.ts';
import { stageSentences } from './stages-words.ts';

const LOCAL: StageView = {
  ...{ place: 'local', uses: 'local', reason: null, fix: null, lastRemoteMs: null, refused: 0, comparison: null },
};

test('a sentence of each stage that does not work here alone', () => {
  assert.deepEqual(stageSentences({ features: LOCAL, scoring: LOCAL }), []);
  const comparison = { sinceMs: 0, pairs: 1200, compared: 1200, outside: 12, states: 0, worst: null };
  const gone = { ...LOCAL, place: 'remote', reason: 'no Redis is named', fix: 'Name one.' } as const;
  const [features, scores] = stageSentences({ features: { ...LOCAL, place: 'both', comparison }, scoring: gone });
  assert.match(
    features ?? '',
    /^Features: those of this machine are used\. In this hour 1\.0 % of 1.200 figures in 1.200 windows lie further apart than their tolerance\.$/,
  );
  assert.equal(scores, 'Scores: those of this machine are used; no Redis is named. Name one.');
});
