import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseTrials } from './fused-trials.ts';

const said = (genuine: readonly number[], impostor: readonly number[], unscored = 0) => ({
  windows: [
    {
      genuine: Float64Array.from(genuine),
      impostor: Float64Array.from(impostor),
      unscored: { genuine: unscored, impostor: 0 },
    },
  ],
  enrolMs: 1,
});
const both = { name: 'both', modality: 'mouse', weights: { a: 0.5, b: 2 } } as const;

test('scores are added by weight', () => {
  const { both: found } = fuseTrials({ a: said([2, 4], [-2], 2), b: said([1, -1], [3], 1) }, [both]);
  assert.ok(found !== undefined && 'windows' in found);
  const [window] = found.windows;
  assert.deepEqual([...(window?.genuine ?? [])], [3, 0]);
  assert.deepEqual([...(window?.impostor ?? [])], [5]);
  assert.deepEqual(window?.unscored, { genuine: 1, impostor: 0 });
});

test('where one of them failed, there is no sum', () => {
  const failed = { failure: 'too little' };
  assert.deepEqual(fuseTrials({ a: said([1], [2]), b: failed }, [both])['both'], failed);
  assert.deepEqual(fuseTrials({ a: said([1], [2]) }, [both])['both'], { failure: 'both needs b' });
});
