import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poissonInterval } from './poisson-interval.ts';

test('the bounds are those of the chi-squared distribution', () => {
  // scipy.stats.chi2.ppf(.025, 2 k) / 2 and chi2.ppf(.975, 2 k + 2) / 2, the closed form of the same interval.
  const table: readonly (readonly [number, number, number])[] = [
    [0, 0, 3.6888794541139354],
    [1, 0.025317807984289876, 5.571643390938898],
    [4, 1.0898653736263249, 10.241588675403694],
    [8, 3.4538321767485014, 15.763189220193313],
    [120, 99.4919256259387, 143.49058536935226],
  ];
  for (const [count, low, high] of table) {
    const [foundLow, foundHigh] = poissonInterval(count);
    assert.ok(Math.abs(foundLow - low) < 1e-6, `${count}: ${foundLow}`);
    assert.ok(Math.abs(foundHigh - high) < 1e-6, `${count}: ${foundHigh}`);
  }
});
