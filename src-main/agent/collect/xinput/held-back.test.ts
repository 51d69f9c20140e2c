import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHeldBack } from './held-back.ts';

test('what comes during a reading is handed on after it, in its order, also where it fails', async () => {
  const told: number[] = [];
  const { accept, until } = createHeldBack<number>((event) => told.push(event));
  accept(1);
  const first = Promise.withResolvers<void>();
  until(first.promise);
  accept(2);
  const second = Promise.withResolvers<void>();
  until(second.promise);
  accept(3);
  first.resolve();
  await nextTurn();
  assert.deepEqual(told, [1], 'the second reading goes on');
  second.reject(new Error('the connection has ended'));
  await nextTurn();
  assert.deepEqual(told, [1, 2, 3]);
  accept(4);
  assert.deepEqual(told, [1, 2, 3, 4]);
});
