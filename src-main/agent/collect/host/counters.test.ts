import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCounters } from './counters.ts';

/** One reading of one counter. */
function reader(bits?: 32 | 64) {
  const counters = createCounters();
  return (value: number | null, elapsedS: number | null = 1): number | null => {
    counters.begin(elapsedS);
    const rate = value === null ? null : counters.perSecond('c', value, bits);
    counters.end();
    return rate;
  };
}

test('a rate is what was added over the time that it took, from the second reading on', () => {
  const read = reader();
  assert.equal(read(1000), null);
  assert.equal(read(1500, 2), 250);
  assert.equal(read(1500), 0);
});

test('a counter of 64 bits that falls has begun anew: no rate once, then that of the new one', () => {
  const read = reader();
  read(5_000_000_000);
  assert.equal(read(700), null);
  assert.equal(read(900), 200);
});

test('a counter of 32 bits wraps', () => {
  const read = reader(32);
  read(2 ** 32 - 100);
  assert.equal(read(50), 150);
});

test('one of 32 bits that begins anew in the middle of its range does not look like a wrap', () => {
  const read = reader(32);
  read(2 ** 31);
  assert.equal(read(50), null, 'a wrap would have added 2^31 in a second');
  assert.equal(read(60), 10);
});

test('nothing spans a gap', () => {
  const read = reader();
  read(100);
  assert.equal(read(5000, null), null);
  assert.equal(read(5100), 100);
});

test('what has gone for a reading and comes back has no past', () => {
  const read = reader();
  read(100);
  assert.equal(read(null), null);
  assert.equal(read(100_000), null);
  assert.equal(read(100_010), 10);
});
