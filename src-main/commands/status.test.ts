import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeLines } from './status.ts';

test('what is wrong is told, each in its colour; what only tells of something is not', () => {
  const paint = { bad: (text: string) => `bad ${text}`, caution: (text: string) => `caution ${text}` };
  assert.deepEqual(noticeLines([], paint), []);
  const lines = noticeLines(
    [
      { atMs: 1, level: 'info', text: 'The database can be written again.' },
      { atMs: 2, level: 'warning', text: 'Notifications can’t be shown.' },
      { atMs: 3, level: 'error', text: 'No space is left.' },
    ],
    paint,
  );
  assert.deepEqual(lines, ['', 'caution Notifications can’t be shown.', '', 'bad No space is left.']);
});
