import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_LINE_BYTES, splitLines } from './logs-lines.ts';

test('complete lines, as many as wanted; the rest waits', () => {
  assert.deepEqual(splitLines(Buffer.from('a\nb\nc'), false, 9), { lines: ['a', 'b'], consumed: 4, skipping: false });
  assert.deepEqual(splitLines(Buffer.from('a\nb\nc\n'), false, 2), { lines: ['a', 'b'], consumed: 4, skipping: false });
  assert.deepEqual(splitLines(Buffer.from('half'), false, 9), { lines: [], consumed: 0, skipping: false });
  assert.deepEqual(splitLines(Buffer.alloc(0), false, 9), { lines: [], consumed: 0, skipping: false });
  assert.deepEqual(splitLines(Buffer.from('\n\n'), false, 9), { lines: ['', ''], consumed: 2, skipping: false });
});

test('a character that is cut in two is whole again', () => {
  const bytes = Buffer.from('ü\n');
  assert.deepEqual(splitLines(bytes.subarray(0, 1), false, 9).lines, []);
  assert.deepEqual(splitLines(bytes, false, 9).lines, ['ü']);
});

test('a line that is too long gives its beginning, and what follows is passed over up to its end', () => {
  const long = Buffer.alloc(LONGEST_LINE_BYTES + 10, 'x');
  const first = splitLines(long, false, 9);
  assert.deepEqual(
    [first.lines[0]?.length, first.consumed, first.skipping],
    [LONGEST_LINE_BYTES, LONGEST_LINE_BYTES, true],
  );
  assert.deepEqual(splitLines(long.subarray(first.consumed), true, 9), { lines: [], consumed: 10, skipping: true });
  assert.deepEqual(splitLines(Buffer.from('xx\nnext\n'), true, 9), { lines: ['next'], consumed: 8, skipping: false });
});
