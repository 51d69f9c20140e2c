import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberReader, numberWriter } from './packed-numbers.ts';

test('whole numbers come back, on both sides of where another byte is needed', () => {
  // Zigzag makes 2n of n and 2n - 1 of -n, and a byte holds seven bits: 63 and -64 are the last that fit into one, 8191 and -8192 into two.
  const numbers = [0, 1, -1, 63, -64, 64, -65, 8191, -8192, 8192, -8193, 2 ** 31, -(2 ** 31), 2 ** 52, -(2 ** 52)];
  const { put, bytes } = numberWriter();
  numbers.forEach(put);
  const next = numberReader(bytes());
  assert.deepEqual(numbers.map(next), numbers);
  assert.throws(next, RangeError, 'there is none behind the last');
});

test('a body that was cut off in a number is refused', () => {
  const { put, bytes } = numberWriter();
  put(2 ** 40);
  const next = numberReader(bytes().subarray(0, -1));
  assert.throws(next, /ends in the middle of a number/);
});
