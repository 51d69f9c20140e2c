import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreLevel } from './score-level.ts';

test('few windows have nearly the usual spread, many their own', () => {
  // Squares 0, four windows' worth of 1.69: 6.76 / (2 - 1 + 4).
  assert.deepEqual(scoreLevel([3, 3]), { mean: 3, sd: Math.sqrt(6.76 / 5) });
  // Five of them: squares 10, (10 + 6.76) / 8.
  assert.deepEqual(scoreLevel([1, 2, 3, 4, 5]), { mean: 3, sd: Math.sqrt(16.76 / 8) });
  const many = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 2 : 2.2));
  assert.ok(Math.abs(scoreLevel(many).sd - 0.1) < 0.07);
});
