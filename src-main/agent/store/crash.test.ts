import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashRounds } from './crash-rounds.fixture.ts';
import { testFolder } from './test-folder.ts';

// `node src-main/evaluate/measure-crashes.ts` makes five hundred.
test('writers killed while they write, roll up and migrate lose nothing that was written', async (t) => {
  const counts = await crashRounds({ folder: testFolder(t), rounds: 9, seed: 7 });
  assert.deepEqual(counts, { write: 3, 'roll-up': 3, migration: 3 });
});
