import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityClock } from './activity-clock.ts';

const S = 1e6;

test('a gap counts for a second at most, one backwards or over a joint for nothing', () => {
  const clock = activityClock();
  // From the first event: 0; .25 s; a minute counts one second; back: nothing; .5 s from there.
  const times = [100, 100.25, 160.25, 130, 130.5].map((s) => clock.moveTo(s * S));
  assert.deepEqual(times, [0, 0.25 * S, 1.25 * S, 1.25 * S, 1.75 * S]);
  clock.part();
  assert.deepEqual([clock.moveTo(131 * S), clock.moveTo(131.125 * S)], [1.75 * S, 1.875 * S]);
  assert.equal(clock.activeUs(), 1.875 * S);
});

test('another cap', () => {
  const clock = activityClock(3 * S);
  assert.deepEqual(
    [0, 2, 10].map((s) => clock.moveTo(s * S)),
    [0, 2 * S, 5 * S],
  );
});
