import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noise } from '../test-folder.ts';
import { packed, unpacked } from './packed-bytes.ts';

/** Bytes as readings are: one of a few values after the other. */
const readings = (length: number): Uint8Array => noise(length, 5).map((byte) => byte % 4);

test('bytes come back, few and many, plain and compressed', () => {
  for (const bytes of [readings(0), readings(10), readings(700), readings(100_000), noise(5000, 3)]) {
    assert.deepEqual(Buffer.from(unpacked(packed(bytes))), Buffer.from(bytes));
  }
  // Two bits of each byte say something.
  assert.ok(packed(readings(100_000)).length < 30_000);
  assert.equal(packed(noise(5000, 3)).length, 5001);
});

test('a body takes memory of about its own size', () => {
  const bytes = readings(200);
  const body = packed(bytes);
  const before = process.memoryUsage().arrayBuffers;
  // 200 bytes each, and Node takes 64 KiB at a time for small ones; zlib's usual room for what comes out would be 1.6 MB.
  for (let i = 0; i < 100; i++) unpacked(body);
  const unpackedBytes = process.memoryUsage().arrayBuffers - before;
  for (let i = 0; i < 100; i++) packed(bytes);
  const packedBytes = process.memoryUsage().arrayBuffers - before - unpackedBytes;
  assert.ok(unpackedBytes < 300_000 && packedBytes < 300_000, `${unpackedBytes} and ${packedBytes}`);
});
