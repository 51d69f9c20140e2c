import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { preferSmallHeap } from './small-heap.ts';

const MIB = 2 ** 20;

const roomOfYoungest = (how: string): number =>
  Number(
    execFileSync(process.execPath, [join(import.meta.dirname, 'small-heap.fixture.ts'), how], { encoding: 'utf8' }),
  );

test('the youngest objects get no more room, however many there are', () => {
  // Left to itself V8 doubles it again and again.
  assert.ok(roomOfYoungest('') >= 16 * MIB);
  assert.ok(roomOfYoungest('small') <= 8 * MIB);
});

test('a small buffer that lives keeps no more than 8 KiB', () => {
  preferSmallHeap();
  // What is left of the block before goes first.
  const found = Array.from({ length: 3000 }, () => Buffer.allocUnsafe(100).buffer.byteLength);
  assert.equal(found.at(-1), 8192);
});
