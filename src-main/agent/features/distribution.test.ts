// Expected values: NumPy 1.24, np.percentile, np.std(ddof=1), np.corrcoef and np.polyfit on the lists below.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correlation, length, mean, median, quantile, sampleSd, slope, sortedQuantile, sum } from './distribution.ts';

const SAMPLES = [7, 3, 3, 11, 0.5, 42, -8, 3];
const samples = () => Float64Array.from(SAMPLES);
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

test('moments', () => {
  near(sum(samples()), 61.5);
  near(mean(samples()), 7.6875);
  near(sampleSd(samples()), 14.892321847180177);
});

test('quantiles lie linearly between order statistics, whatever the order of the samples', () => {
  for (const order of [SAMPLES, SAMPLES.toSorted((a, b) => a - b), SAMPLES.toSorted((a, b) => b - a)]) {
    const expected = [-8, 2.375, 3, 8, 20.3, 42];
    const actual = [0, 0.25, 0.5, 0.75, 0.9, 1].map((share) => quantile(Float64Array.from(order), share));
    for (const [i, value] of expected.entries()) near(actual[i] ?? Number.NaN, value);
  }
});

test('quantiles of samples that are in order already', () => {
  const sorted = samples().sort();
  for (const [share, expected] of [
    [0, -8],
    [0.25, 2.375],
    [0.5, 3],
    [0.75, 8],
    [0.9, 20.3],
    [1, 42],
  ] as const)
    near(sortedQuantile(sorted, share), expected);
  assert.ok(Number.isNaN(sortedQuantile(new Float64Array(0), 0.5)));
  assert.equal(sortedQuantile(Float64Array.of(4), 0.9), 4);
});

test('a quantile moves samples but loses none', () => {
  const shuffled = samples();
  quantile(shuffled, 0.9);
  assert.deepEqual([...shuffled].toSorted(), SAMPLES.toSorted());
});

test('quantiles of many equal samples', () => {
  assert.equal(median(new Float64Array(1001).fill(5)), 5);
});

test('too few samples give NaN, one sample gives itself', () => {
  const none = new Float64Array(0);
  for (const value of [mean(none), sampleSd(none), quantile(none, 0.5)]) assert.ok(Number.isNaN(value));
  assert.ok(Number.isNaN(sampleSd(Float64Array.of(4))));
  assert.equal(median(Float64Array.of(4)), 4);
});

test('correlation and slope', () => {
  const x = Float64Array.of(1, 2, 4, 7, 11);
  const y = Float64Array.of(2, 1, 5, 4, 9);
  near(correlation(x, y), 0.9090128051422197);
  near(slope(x, y), 0.696969696969697);
  assert.ok(Number.isNaN(correlation(x, new Float64Array(5).fill(3))), 'no variation');
  assert.ok(Number.isNaN(correlation(x.subarray(0, 2), y.subarray(0, 2))), 'two pairs always correlate perfectly');
  assert.ok(Number.isNaN(slope(new Float64Array(5), y)), 'no variation');
});

test('length of a vector', () => {
  assert.equal(length(3, -4), 5);
});
