import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStillness } from './stillness.ts';

test('a series that always moved and stands still is told in multiples of its longest stand', () => {
  const stillness = createStillness();
  for (let i = 0; i < 300; i++)
    assert.equal(stillness.push(i % 10 === 9 ? Math.floor(i / 10) * 10 + 8 : i), i >= 199 && i % 10 === 9 ? 1 : 0);
  // 298, once more as 299, and from now on for ever.
  const found = Array.from({ length: 20 }, () => stillness.push(298));
  assert.deepEqual(
    found,
    Array.from({ length: 20 }, (_, i) => i + 2),
  );
  assert.equal(stillness.push(299), 0);
});

test('one that often stands still, or has not been seen for long, is never stuck', () => {
  const lazy = createStillness();
  for (let i = 0; i < 1000; i++) assert.equal(lazy.push(Math.floor(i / 3)), 0);
  for (let i = 0; i < 1000; i++) assert.equal(lazy.push(0), 0);
  const young = createStillness();
  for (let i = 0; i < 100; i++) young.push(i);
  for (let i = 0; i < 90; i++) assert.equal(young.push(0), 0);
});
