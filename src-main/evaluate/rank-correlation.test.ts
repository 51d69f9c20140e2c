import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankCorrelation } from './rank-correlation.ts';

test('the published example, ties and no order at all', () => {
  // IQ and hours of television, the worked example of Wikipedia's article on Spearman's coefficient: -29/165.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  assert.ok(Math.abs(rankCorrelation(iq, hours) + 29 / 165) < 1e-12);
  // scipy.stats.spearmanr([1, 2, 2, 3], [1, 3, 2, 4]): 0.9486832980505139.
  assert.ok(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4]) - 0.9486832980505139) < 1e-12);
  assert.equal(rankCorrelation([1, 2, 3], [10, 20, 900]), 1);
  assert.ok(Number.isNaN(rankCorrelation([1, 1, 1], [1, 2, 3])));
});
