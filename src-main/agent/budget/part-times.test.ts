import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPartTimes } from './part-times.ts';

test('each part has its own time; what is done within another is taken out of that', async () => {
  let nowMs = 0;
  const { time, timeAsync, spent } = createPartTimes(() => nowMs);
  const take = (ms: number) => (): void => void (nowMs += ms);
  time('input', take(2));
  // Three of its own, and seven that are storage's.
  time('publishing', () => {
    take(1)();
    time('storage', take(7));
    take(2)();
  });
  time('input', take(4));
  assert.equal(
    await timeAsync('scoring', async () => {
      take(5)();
      return 'said';
    }),
    'said',
  );
  assert.throws(() =>
    time('storage', () => {
      take(1)();
      throw new Error('full');
    }),
  );
  assert.deepEqual(spent(), { input: 6, scoring: 5, guard: 0, storage: 8, publishing: 3, measuring: 0 });
});
