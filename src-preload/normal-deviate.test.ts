import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalDeviate } from './normal-deviate.ts';

test('quantiles of the normal distribution', () => {
  // statistics.NormalDist().inv_cdf of Python 3.11.
  const table: readonly (readonly [number, number])[] = [
    [0.001, -3.090232306167813],
    [0.02, -2.0537489106318225],
    [0.3, -0.5244005127080407],
    [0.5, 0],
    [0.9, 1.2815515655446008],
    [0.9995, 3.2905267314919255],
  ];
  for (const [p, z] of table) assert.ok(Math.abs(normalDeviate(p) - z) < 1e-8, `${p}: ${normalDeviate(p)}`);
  assert.equal(normalDeviate(0), -Infinity);
  assert.equal(normalDeviate(1), Infinity);
});
