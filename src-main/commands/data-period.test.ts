import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentOf } from './data-period.ts';

test('a day is the whole of it by local time, a time is what it says', () => {
  const midnight = new Date(2026, 10, 14).getTime();
  assert.equal(momentOf('2026-11-14', 'first'), midnight);
  assert.equal(momentOf('2026-11-14', 'last'), new Date(2026, 10, 15).getTime() - 1);
  assert.equal(momentOf('2026-11-14T09:30', 'last'), midnight + 9.5 * 3_600_000);
  assert.equal(momentOf('2026-11-14T09:30Z', 'first'), Date.UTC(2026, 10, 14, 9, 30));
  for (const text of ['yesterday', '2026-14-11', '']) assert.throws(() => momentOf(text, 'first'), /Write a day as/);
});
