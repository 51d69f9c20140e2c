// Moments of parts that are put together, against NumPy on the whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { addMoments, correlationOf, momentsOf, noMoments, slopeOf } from './co-moments.ts';
import { correlation, slope } from './distribution.ts';

const near = (actual: number, expected: number, within = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= within * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

test('two parts have the moments of the whole', () => {
  const [x, y] = [Float64Array.of(1, 2, 4, 8, 9), Float64Array.of(3, 1, 4, 1, 5)];
  const all = momentsOf(x.subarray(0, 2), y.subarray(0, 2));
  addMoments(all, momentsOf(x.subarray(2), y.subarray(2)));
  // np.mean, np.var * 5, np.cov * 4, np.corrcoef and np.polyfit of the five.
  near(all.meanX, 4.8);
  near(all.meanY, 2.8);
  near(all.xx, 50.8);
  near(all.yy, 12.8);
  near(all.xy, 6.8);
  near(correlationOf(all), 0.2666687171837174);
  near(slopeOf(all), 0.13385826771653508);
});

test('many parts, some of them empty, far from 0: as the whole at once', () => {
  const random = createRandom(4);
  const x = Float64Array.from({ length: 500 }, () => 1e6 + random.normal());
  const y = Float64Array.from(x, (value) => 0.3 * (value - 1e6) + random.normal() - 1e5);
  const all = noMoments();
  for (let from = 0; from < 500;) {
    const to = Math.min(500, from + random.int(30));
    addMoments(all, momentsOf(x.subarray(from, to), y.subarray(from, to)));
    from = to;
  }
  assert.equal(all.n, 500);
  near(correlationOf(all), correlation(x, y), 1e-9);
  near(slopeOf(all), slope(x, y), 1e-9);
});

test('what does not vary has no correlation, and two pairs always have one', () => {
  const flat = new Float64Array(4).fill(2);
  assert.ok(Number.isNaN(correlationOf(momentsOf(flat, Float64Array.of(1, 2, 3, 4)))));
  assert.ok(Number.isNaN(slopeOf(momentsOf(flat, Float64Array.of(1, 2, 3, 4)))));
  assert.ok(Number.isNaN(correlationOf(momentsOf(Float64Array.of(1, 2), Float64Array.of(3, 5)))));
});
