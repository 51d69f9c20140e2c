import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHeldBack } from './held-back.ts';

/** Readings that end when they are told to. */
function build() {
  const done: number[] = [];
  const readings: PromiseWithResolvers<void>[] = [];
  const held = createHeldBack(() => {
    const reading = Promise.withResolvers<void>();
    readings.push(reading);
    return reading.promise;
  });
  const end = async (how: 'resolve' | 'reject' = 'resolve'): Promise<void> => {
    readings.at(-1)?.[how]();
    await nextTurn();
  };
  return { done, readings, held, end, add: (n: number) => held.inTurn(() => done.push(n)) };
}

test('what comes during a reading is done after it, in its order, also where it fails', async () => {
  const { done, held, end, add } = build();
  add(1);
  held.changed();
  add(2);
  add(3);
  assert.deepEqual(done, [1]);
  await end('reject');
  assert.deepEqual(done, [1, 2, 3]);
  add(4);
  await held.settled();
  assert.deepEqual(done, [1, 2, 3, 4]);
});

test('changes during a reading make one more, and everything waits for that', async () => {
  const { done, readings, held, end, add } = build();
  held.changed();
  add(1);
  for (let i = 0; i < 10; i += 1) held.changed();
  add(2);
  await end();
  assert.deepEqual([done, readings.length], [[], 2]);
  await end();
  assert.deepEqual([done, readings.length], [[1, 2], 2]);
});

test('changes without end hold nothing back for ever, and never make two readings at once', async () => {
  const { done, readings, held, end, add } = build();
  held.changed();
  add(1);
  for (let i = 0; i < 5; i += 1) {
    held.changed();
    assert.equal(readings.length, i + 1);
    await end();
  }
  assert.deepEqual(done, [1]);
});

test('after its end nothing is done any more', async () => {
  const { done, held, end, add } = build();
  held.changed();
  add(1);
  held.stop();
  await end();
  add(2);
  assert.deepEqual(done, []);
});
