import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNotices } from './notices.ts';
import { FULL_KEEPING } from './store/keeping.ts';
import { StoreError } from './store/store-error.ts';
import { createWriteDown } from './write-down.ts';

test('a disk that takes nothing is told once, and so is its return; nothing is thrown', () => {
  const notices = createNotices(() => 7);
  let why: string | null = null;
  const work = (): void => {
    if (why !== null) throw new StoreError('full', why);
  };
  const { flush, upkeep } = createWriteDown({ flush: work, prune: work }, notices.about);
  const told = (): readonly string[] => notices.list().map(({ level, text }) => `${level}: ${text}`);
  flush();
  assert.deepEqual(told(), []);
  why = 'No space is left.';
  flush();
  flush();
  assert.deepEqual(told(), ['error: No space is left.']);
  why = 'No space is left. The oldest of what waits is being given up.';
  upkeep(1, 30, FULL_KEEPING);
  assert.deepEqual(told(), [`error: ${why}`]);
  why = null;
  flush();
  flush();
  assert.deepEqual(told(), ['info: The database can be written again, and what had waited is in it.']);
});
