import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnRows, visibleRows } from './visible-rows.ts';

test('those in the window and eight beyond either end', () => {
  // 20 px a row, a window of 100: the list begins at 40, so rows 0, 1 and 2 are in sight.
  assert.deepEqual(visibleRows(40, 100, 20, 1000), { from: 0, to: 11 });
  // Scrolled 1,000 beyond: rows 50 to 54.
  assert.deepEqual(visibleRows(-1000, 100, 20, 1000), { from: 42, to: 63 });
  assert.deepEqual(visibleRows(-19_900, 100, 20, 1000), { from: 987, to: 1000 });
});

test('a list that is shorter than before, or empty, has no rows that are not there', () => {
  assert.deepEqual(visibleRows(-19_900, 100, 20, 10), { from: 10, to: 10 });
  assert.deepEqual(visibleRows(40, 100, 20, 0), { from: 0, to: 0 });
});

test('the row that has the focus is drawn wherever it is', () => {
  assert.deepEqual(drawnRows({ from: 4, to: 7 }, -1), [4, 5, 6]);
  assert.deepEqual(drawnRows({ from: 4, to: 7 }, 5), [4, 5, 6]);
  assert.deepEqual(drawnRows({ from: 4, to: 7 }, 1), [1, 4, 5, 6]);
  assert.deepEqual(drawnRows({ from: 4, to: 7 }, 90), [4, 5, 6, 90]);
});
