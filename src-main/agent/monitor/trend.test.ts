import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../learn/random.ts';
import { trendOf } from './trend.ts';

/** One point a second. */
function window(count: number, value: (s: number) => number) {
  const times = Float64Array.from({ length: count }, (_, s) => s * 1000);
  return { times, values: Float64Array.from({ length: count }, (_, s) => value(s)) };
}

test('rising, by how much, and where it stands', () => {
  const random = createRandom(1);
  const trend = trendOf(
    window(600, (s) => 20 + s / 60 + random.normal() * 0.2),
    600,
    1,
  );
  assert.ok(trend !== null);
  assert.equal(trend.direction, 'rising');
  assert.ok(Math.abs(trend.slopePerSecond - 1 / 60) < 0.001);
  assert.ok(Math.abs(trend.current - 30) < 0.2);
  // 10 of 30.
  assert.ok(Math.abs(trend.magnitude - 1 / 3) < 0.02);
  assert.ok(trend.slopeLow < 1 / 60 && trend.slopeHigh > 1 / 60);
});

test('falling, and steady: in noise, below the minimum, and too small a share', () => {
  const random = createRandom(2);
  const direction = (value: (s: number) => number, minimum: number) =>
    trendOf(window(600, value), 600, minimum)?.direction;
  assert.equal(
    direction((s) => 50 - s / 30, 1),
    'falling',
  );
  assert.equal(
    direction(() => 50 + 10 * random.normal(), 1),
    'steady',
  );
  assert.equal(
    direction((s) => 50 + s / 300, 5),
    'steady',
  );
  assert.equal(
    direction((s) => 1000 + s / 60, 1),
    'steady',
  );
  assert.equal(
    direction(() => 0, 1),
    'steady',
  );
});

test('half of the window must be there', () => {
  assert.equal(
    trendOf(
      window(250, (s) => s),
      600,
      1,
    ),
    null,
  );
  assert.equal(
    trendOf(
      window(0, () => 0),
      600,
      1,
    ),
    null,
  );
  assert.ok(
    trendOf(
      window(350, (s) => s),
      600,
      1,
    ) !== null,
  );
});
