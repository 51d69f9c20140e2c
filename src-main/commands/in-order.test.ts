import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInOrder } from './in-order.ts';

const at = (ts: number, x = 0) => ({ type: 'mouse', ts, x, y: 0, event: 'move' }) as const;

test('late batches are put in their place, and equal times stay as they came', () => {
  const order = createInOrder();
  for (const event of [at(10), at(30, 1), at(30, 2), at(20), at(50)]) order.add(event);
  assert.deepEqual(order.takeUntil(31), [at(10), at(20), at(30, 1), at(30, 2)]);
  order.add(at(40));
  assert.deepEqual(order.takeUntil(31), []);
  assert.deepEqual(order.takeUntil(Infinity), [at(40), at(50)]);
  assert.equal(order.late(), 0);
});

test('what comes after its time was taken out is left out and counted', () => {
  const order = createInOrder();
  order.add(at(10));
  order.takeUntil(20);
  order.add(at(19));
  order.add(at(20));
  assert.deepEqual(order.takeUntil(Infinity), [at(20)]);
  assert.equal(order.late(), 1);
});
