import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersOf, takeLogs } from './quick-logs.ts';
import { createRandom } from './random.ts';

test('logarithms are those of Math.log, for large, small and neighbouring numbers', () => {
  const random = createRandom(8);
  const numbers = numbersOf(100_000);
  // Evenly over all that is promised, then around 1, where a logarithm is small itself, then at the edges of the steps.
  for (let i = 0; i < 100_000; i += 1) {
    const around = 1 + random.normal() / 100;
    const edge = (1 + random.int(256) / 256) * 2 ** (random.int(21) - 10) * (1 + (random.int(3) - 1) * 2 ** -52);
    numbers.values[i] = i < 40_000 ? 10 ** (600 * random.uniform() - 300) : i < 80_000 ? around : edge;
  }
  const wanted = numbers.values.map(Math.log);
  takeLogs(numbers);
  for (const [i, log] of numbers.values.entries()) {
    const expected = wanted[i] ?? Number.NaN;
    assert.ok(Math.abs(log - expected) <= 1e-15 * Math.max(2, Math.abs(expected)), `${log}, not ${expected}`);
  }
});

test('what is no number stays none', () => {
  const numbers = numbersOf(2);
  numbers.values.set([Number.NaN, 1]);
  takeLogs(numbers);
  assert.ok(Number.isNaN(numbers.values[0]));
  assert.ok(Math.abs(numbers.values[1] ?? Number.NaN) < 1e-15);
});
