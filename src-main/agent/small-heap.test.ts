import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

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
