import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { percentile, windowStatistics } from './window-statistics.ts';

test('a small window: figures of numpy', () => {
  // numpy 1.24: a = [3, 1, 4, 1, 5, 9, 2, 6]; a.std(ddof=1); percentile(a, [50, 95, 99]).
  const { sd, p95, p99, ...rest } = windowStatistics(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)) ?? {
    sd: 0,
    p95: 0,
    p99: 0,
  };
  assert.deepEqual(rest, { count: 8, min: 1, max: 9, mean: 3.875, p50: 3.5 });
  assert.ok(Math.abs(sd - 2.7483761) < 1e-6);
  assert.ok(Math.abs(p95 - 7.95) < 1e-12 && Math.abs(p99 - 8.79) < 1e-12);
});

test('none and one', () => {
  assert.equal(windowStatistics(new Float64Array()), null);
  assert.deepEqual(windowStatistics(Float64Array.of(7)), {
    ...{ count: 1, min: 7, max: 7, mean: 7, sd: 0, p50: 7, p95: 7, p99: 7 },
  });
});

test('a spread far from zero is not lost', () => {
  const { sd } = windowStatistics(Float64Array.of(1e9, 1e9 + 1, 1e9 + 2)) ?? { sd: NaN };
  assert.equal(sd, 1);
});

test('percentiles are those of the sorted values, whatever the order and however many are equal', () => {
  const random = createRandom(5);
  for (const make of [random.uniform, () => random.int(3), () => 4]) {
    for (const count of [1, 2, 3, 10, 101, 1000]) {
      const values = Float64Array.from({ length: count }, make);
      const sorted = values.toSorted();
      for (const share of [0, 0.05, 0.5, 0.99, 1]) {
        const at = share * (count - 1);
        const [below = NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
        const expected = below + (above - below) * (at - Math.floor(at));
        assert.ok(Math.abs(percentile(values.slice(), share) - expected) < 1e-12, `${share} of ${count}`);
      }
    }
  }
});

test('selection does not slow down on values in order', () => {
  const rising = Float64Array.from({ length: 200_000 }, (_, i) => i);
  const startMs = performance.now();
  assert.equal(percentile(rising, 0.5), 99_999.5);
  assert.ok(performance.now() - startMs < 200);
});
