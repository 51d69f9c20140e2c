import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMinuteCount } from './minute-count.ts';

test('what came in the last sixty seconds counts, and nothing before', () => {
  const count = createMinuteCount();
  assert.equal(count.sum(1_000_000), 0);
  count.add(7, 1_000_000);
  count.add(5, 1_000_900);
  count.add(3, 1_030_000);
  assert.equal(count.sum(1_030_000), 15);
  assert.equal(count.sum(1_059_999), 15);
  assert.equal(count.sum(1_060_000), 3);
  assert.equal(count.sum(1_090_000), 0);
});

test('a second that comes round again begins at nothing, and a clock that was set back counts nothing of later', () => {
  const count = createMinuteCount();
  count.add(7, 5_000);
  count.add(2, 65_000);
  assert.equal(count.sum(65_000), 2);
  assert.equal(count.sum(64_000), 0);
});
