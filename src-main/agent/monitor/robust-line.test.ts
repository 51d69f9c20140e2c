import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { fitLine } from './robust-line.ts';

const seconds = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i);

test('points on a line: the line, without doubt', () => {
  const line = fitLine(
    seconds(20),
    seconds(20).map((t) => 3 + 0.5 * t),
  );
  assert.ok(line !== null);
  for (const [value, expected] of [
    [line.slope, 0.5],
    [line.slopeLow, 0.5],
    [line.slopeHigh, 0.5],
    [line.at(100), 53],
  ] as const)
    assert.ok(Math.abs(value - expected) < 1e-9);
});

test('without outliers it is least squares: figures of numpy.polyfit and statsmodels', () => {
  // y = 2 + 0.1 t + (-1)^t: polyfit(t, y, 1) for t = 0 … 99 is slope 0.0994 (below), and its residuals are no outliers.
  const times = seconds(100);
  const line = fitLine(
    times,
    times.map((t) => 2 + 0.1 * t + (t % 2 === 0 ? 1 : -1)),
  );
  // Σ (t - 49.5) (-1)^t = -50, over Σ (t - 49.5)² = 83,325.
  assert.ok(line !== null && Math.abs(line.slope - (0.1 - 50 / 83_325)) < 1e-9, String(line?.slope));
});

test('a few wild points do not make a trend', () => {
  const random = createRandom(2);
  const values = seconds(600).map((t) => 10 + 0.01 * t + random.normal());
  values.fill(500, 580, 600);
  const line = fitLine(seconds(600), values);
  // Plain least squares would give about 0.14.
  assert.ok(line !== null && Math.abs(line.slope - 0.01) < 0.004, String(line?.slope));
});

test('the interval holds the slope in about 95 of 100 cases, also where neighbours go together', () => {
  for (const correlation of [0, 0.8]) {
    const random = createRandom(3);
    const rounds = 400;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      let noise = 0;
      const values = seconds(300).map((t) => 0.02 * t + (noise = correlation * noise + random.normal()));
      const line = fitLine(seconds(300), values);
      assert.ok(line !== null);
      if (line.slopeLow <= 0.02 && 0.02 <= line.slopeHigh) held += 1;
    }
    // Three standard errors of a share of 0.95 in 400 rounds are 0.033.
    assert.ok(held / rounds > 0.91 && held / rounds < 0.99, `correlation ${correlation}: ${held / rounds}`);
  }
});

test('few points, or all at one moment: nothing', () => {
  assert.equal(fitLine(seconds(9), seconds(9)), null);
  assert.equal(fitLine(new Float64Array(20), seconds(20)), null);
  assert.equal(fitLine(new Float64Array(), new Float64Array()), null);
});
