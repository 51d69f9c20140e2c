// Order statistics of a window that moves, against those of its numbers sorted anew, and against np.quantile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantile } from '../features/distribution.ts';
import { createRandom } from '../learn/random.ts';
import { sortedSample } from './sorted-sample.ts';

test('quantiles are those of np.quantile', () => {
  const sample = sortedSample(5);
  for (const value of [7, 1, 4, 4, 11]) sample.add(value);
  // np.quantile([7, 1, 4, 4, 11], [0, .1, .5, .9, .95, 1])
  const wanted = [1, 2.2, 4, 9.4, 10.2, 11];
  for (const [i, share] of [0, 0.1, 0.5, 0.9, 0.95, 1].entries()) {
    assert.ok(Math.abs(sample.quantile(share) - (wanted[i] ?? NaN)) < 1e-12, `${share}`);
  }
  assert.ok(Number.isNaN(sortedSample(3).quantile(0.5)));
});

test('a window that moves on has the quantiles of its numbers to the last bit, whatever comes and goes', () => {
  const random = createRandom(11);
  const sample = sortedSample(40);
  const inside: number[] = [];
  for (let step = 0; step < 4000; step += 1) {
    // Few different values, so that many are alike.
    const value = random.int(25) / 8;
    const leaving = random.int(Math.max(1, inside.length));
    const [old] = inside.length === 0 ? [] : inside.slice(leaving, leaving + 1);
    const what = random.int(3);
    if (old === undefined || (what === 0 && inside.length < 40)) {
      sample.add(value);
      inside.push(value);
    } else if (what === 1) {
      sample.remove(old);
      inside.splice(leaving, 1);
    } else {
      sample.replace(old, value);
      inside[leaving] = value;
    }
    assert.equal(sample.count(), inside.length);
    for (const share of [0.1, 0.5, 0.9, 0.95]) {
      const wanted = quantile(Float64Array.from(inside), share);
      assert.ok(Object.is(sample.quantile(share), wanted), `${share} at step ${step}`);
    }
  }
});
