import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKnownRange } from './known-range.ts';

/** One that has seen 60 points between 0 and 10. */
function seasoned(leak: number) {
  const range = createKnownRange({ leak, leastWidth: 0 });
  for (let i = 0; i < 60; i++) range.push(i % 2 === 0 ? 0 : 10, 5);
  return range;
}

test('how far outside, as a share of the range; then it is known', () => {
  const range = seasoned(0);
  assert.deepEqual([range.beyond(5), range.beyond(10), range.beyond(12), range.beyond(-5)], [0, 0, 0.2, 0.5]);
  assert.equal(range.push(12, 5), 0.2);
  assert.equal(range.push(12, 5), 0);
  assert.deepEqual(range.memory(), { seen: 62, low: 0, high: 12 });
});

test('nothing is unheard of among the first points, nor where nothing ever moved', () => {
  const range = createKnownRange({ leak: 0, leastWidth: 0 });
  for (let i = 0; i <= 50; i++) assert.equal(range.push(i, 0), 0);
  assert.ok(range.push(100, 0) > 0);
  const flat = createKnownRange({ leak: 0, leastWidth: 0 });
  for (let i = 0; i < 100; i++) flat.push(7, 7);
  assert.equal(flat.push(8, 7), 0, 'a range without width has no measure');
  const measured = createKnownRange({ leak: 0, leastWidth: 4 });
  for (let i = 0; i < 100; i++) measured.push(7, 7);
  assert.equal(measured.push(8, 7), 0.25);
});

test('its ends creep to the centre', () => {
  const range = seasoned(0);
  const leaking = createKnownRange({ leak: 0.1, leastWidth: 0 }, range.memory());
  // 10 comes down by a tenth of 6, 0 goes up by a tenth of 4.
  leaking.push(5, 4);
  const { low, high } = leaking.memory();
  assert.ok(Math.abs(low - 0.4) < 1e-12 && Math.abs(high - 9.4) < 1e-12, `${low} ${high}`);
});

test('what is included is known without having been seen', () => {
  const range = seasoned(0);
  range.include(-10);
  assert.equal(range.beyond(-10), 0);
  assert.equal(range.memory().seen, 60);
});

test('what another one remembered goes on', () => {
  const range = createKnownRange({ leak: 0, leastWidth: 0 }, seasoned(0).memory());
  assert.equal(range.beyond(20), 1);
});
