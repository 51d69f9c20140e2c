import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlook } from './storage-outlook.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

test('straight on at the daily growth', () => {
  const line = outlook(20, NOW, NOW + 10 * DAY, { growthMiBPerDay: 1.5, steadyMiB: null, steadyMs: null });
  assert.deepEqual(line, [
    [NOW, 20],
    [NOW + 10 * DAY, 35],
  ]);
});

test('until as much is kept as will be, then level', () => {
  const line = outlook(20, NOW, NOW + 10 * DAY, { growthMiBPerDay: 1.5, steadyMiB: 26, steadyMs: NOW + 4 * DAY });
  assert.deepEqual(line, [
    [NOW, 20],
    [NOW + 4 * DAY, 26],
    [NOW + 10 * DAY, 26],
  ]);
});

test('where that is beyond the axis, towards it', () => {
  const line = outlook(20, NOW, NOW + 10 * DAY, { growthMiBPerDay: 1.5, steadyMiB: 50, steadyMs: NOW + 20 * DAY });
  assert.deepEqual(line, [
    [NOW, 20],
    [NOW + 10 * DAY, 35],
  ]);
});

test('level at once where as much is kept already', () => {
  const line = outlook(51, NOW, NOW + 10 * DAY, { growthMiBPerDay: 0.2, steadyMiB: 50, steadyMs: NOW - DAY });
  assert.deepEqual(line, [
    [NOW, 51],
    [NOW + 10 * DAY, 51],
  ]);
});

test('what shrinks ends at nothing, and what is not known has no line', () => {
  const shrinking = { growthMiBPerDay: -4, steadyMiB: null, steadyMs: null };
  assert.deepEqual(outlook(20, NOW, NOW + 10 * DAY, shrinking), [
    [NOW, 20],
    [NOW + 5 * DAY, 0],
    [NOW + 10 * DAY, 0],
  ]);
  assert.deepEqual(outlook(20, NOW, NOW + DAY, { growthMiBPerDay: null, steadyMiB: null, steadyMs: null }), []);
  assert.deepEqual(outlook(20, NOW, NOW, { growthMiBPerDay: 1, steadyMiB: null, steadyMs: null }), []);
});
