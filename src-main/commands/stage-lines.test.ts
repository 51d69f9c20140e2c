import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StageView } from '../../src-preload/contract.ts';
import { stageRows } from './stage-lines.ts';

const LOCAL: StageView = {
  ...{ place: 'local', uses: 'local', reason: null, fix: null, lastRemoteMs: null, refused: 0, comparison: null },
};

test('nothing of what works here alone; else what is used, why, and how both compare', () => {
  assert.deepEqual(stageRows({ features: LOCAL, scoring: LOCAL }), []);
  const comparison = { sinceMs: 0, pairs: 40, compared: 40, outside: 1, states: 2, worst: 'trust, 90 here' };
  assert.deepEqual(stageRows({ features: LOCAL, scoring: { ...LOCAL, place: 'both', comparison } }), [
    [
      'Scoring',
      'both: those of this machine are used; 40 windows compared in this hour, 2.5 % of 40 figures outside their tolerance (trust, 90 here), states differ in 2',
    ],
  ]);
  const gone = { ...LOCAL, place: 'remote', reason: 'nothing listens at db:6379', fix: null } as const;
  assert.deepEqual(stageRows({ features: LOCAL, scoring: gone }), [
    ['Scoring', 'remote: those of this machine are used; nothing listens at db:6379; nothing compared yet'],
  ]);
  const there = { ...gone, uses: 'remote', reason: null } as const;
  assert.deepEqual(stageRows({ features: LOCAL, scoring: there }), [
    ['Scoring', 'remote: those from elsewhere are used'],
  ]);
});
