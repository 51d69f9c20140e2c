import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MouseEvent } from '../events.ts';
import { mouseActivity } from './mouse-activity.ts';

const at = (...times: readonly number[]): MouseEvent[] =>
  times.map((ms) => ({ type: 'mouse', ts: 1_704_704_400_000_000 + ms * 1000, x: 0, y: 0, event: 'move' }));

test('a gap counts up to a second, a pause up to 5 s, absence not at all', () => {
  // Gaps: 100, 149 (movement), 150, 3000, 5000 (pauses), 5001 (absence).
  const { activeMs, restMs, pausesMs } = mouseActivity(at(0, 100, 249, 399, 3399, 8399, 13_400));
  assert.equal(activeMs, 100 + 149 + 150 + 1000 + 1000);
  assert.equal(restMs, 150 + 1000 + 1000);
  assert.deepEqual([...pausesMs], [150, 3000, 5000]);
});

test('equal times and a clock that goes backwards take no time', () => {
  const { activeMs, pausesMs } = mouseActivity(at(1000, 1000, 400, 450));
  assert.deepEqual([activeMs, pausesMs.length], [50, 0]);
  assert.equal(mouseActivity([]).activeMs, 0);
});
