import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SWAY, swayMessage, swayReader } from './sway-ipc.ts';

// By hand, after i3's "IPC interface": the magic, 10 = 0x0a bytes of payload, type 2.
const bytes = (words: string): string => words.replaceAll(' ', '');
const SUBSCRIBE = bytes(`69332d697063 0a000000 02000000 ${Buffer.from('["window"]').toString('hex')}`);
// Type 0x80000003, 2 bytes.
const EVENT = bytes('69332d697063 02000000 03000080 7b7d');

test('a request as sway reads it', () => {
  assert.equal(swayMessage(SWAY.subscribe, '["window"]').toString('hex'), SUBSCRIBE);
});

test('messages are put together however their bytes arrive', () => {
  const both = Buffer.from(SUBSCRIBE + EVENT, 'hex');
  const expected = [
    { type: 2, payload: '["window"]' },
    { type: 0x8000_0003, payload: '{}' },
  ];
  assert.deepEqual(swayReader()(both), expected);
  const read = swayReader();
  assert.deepEqual(
    [...both].flatMap((byte) => read(Buffer.of(byte))),
    expected,
  );
});

test('what is not sway, and what is too long, is refused', () => {
  assert.throws(() => swayReader()(Buffer.from('HTTP/1.1 400 Bad Request')), /neither sway nor i3/);
  const long = swayMessage(SWAY.tree);
  long.writeUInt32LE(2 ** 31, 6);
  assert.throws(() => swayReader()(long), /longer than any/);
});
