import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noise } from '../test-folder.ts';
import { timesBody, timesOf, valuesBody, valuesOf } from './row-chunk.ts';

const hex = (body: Uint8Array | null): string => Buffer.from(body ?? []).toString('hex');

test('times are differences of differences, in milliseconds where they are whole ones', () => {
  // By hand: not compressed; three of them; unit 1,000; 1,000 ms; 1,000 more; no more than that. Zigzag doubles: 2,000 is d0 0f.
  assert.equal(hex(timesBody([1_000_000, 2_000_000, 3_000_000])), '0006d00fd00fd00f00');
  // Unit 1; 5, then 2 more, then 1 less than that: zigzag of -1 is 1.
  assert.equal(hex(timesBody([5, 7, 8])), '0006020a0401');
});

test('times come back, whatever their pace', () => {
  const bytes = noise(4000, 5);
  let us = 1_795_238_169_332_000;
  const uneven = Array.from(bytes, (byte) => (us += byte * byte * 37));
  const even = Array.from({ length: 3600 }, (_, n) => 1_795_238_169_332_000 + n * 1e6);
  for (const times of [[], [0], [0, 0, 0], [1], uneven, even, [1, 9e15]])
    assert.deepEqual([...timesOf(timesBody(times))], times);
  // A steady second costs next to nothing.
  assert.ok(timesBody(even).length < 60, `${timesBody(even).length} bytes`);
});

test('values come back with their gaps', () => {
  const cases = [
    [NaN, NaN, 1, 2, NaN, -3, NaN],
    [1],
    [0, 0, 0, NaN],
    [NaN, 100, 250, 1024, 0.5],
    Array.from(noise(3600, 9), (byte) => (byte < 60 ? NaN : byte * 4)),
  ];
  for (const values of cases) assert.deepEqual([...valuesOf(valuesBody(values) ?? new Uint8Array())], values);
});

test('a field without a value has no body', () => {
  assert.equal(valuesBody([]), null);
  assert.equal(valuesBody([NaN, NaN]), null);
});

test('a body that was cut short is said to be', () => {
  const body = timesBody([1e15, 2e15, 3e15]);
  assert.throws(() => timesOf(body.subarray(0, -2)), { message: 'a chunk ends in the middle of a number' });
});
