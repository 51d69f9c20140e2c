import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SealBroken, createCipher } from './cipher.ts';
import type { SealContext } from './cipher.ts';
import { noise, testKey } from './test-folder.ts';

const cipher = createCipher(testKey());
const CONTEXT: SealContext = ['window.vector', 1, 1_701_423_846_000_001, 40, null];

test('opens what another implementation has sealed', () => {
  // By Python's cryptography.AESGCM: key 00..1f, nonce 64..6f, the context as JSON behind the format number.
  const sealed = Buffer.from(
    '016465666768696a6b6c6d6e6f481b1e592a8c35d247183a9a23b57f5fb2fef5a8da5ec6ea2ba67a74',
    'hex',
  );
  const { open } = createCipher(Uint8Array.from({ length: 32 }, (_, n) => n));
  assert.deepEqual(open(sealed, CONTEXT), Buffer.from('0000c03f5365634c797a6572', 'hex'));
});

test('what is sealed comes back, whatever its length and bytes; never is it sealed alike twice', () => {
  for (const length of [0, 1, 15, 16, 17, 560, 4096, 100_000]) {
    const bytes = noise(length, length + 1);
    const sealed = cipher.seal(bytes, CONTEXT);
    assert.equal(sealed.length, length + 29);
    assert.deepEqual(cipher.open(sealed, CONTEXT), bytes);
    assert.notDeepEqual(cipher.seal(bytes, CONTEXT), sealed);
    if (length > 8) assert.ok(!sealed.includes(bytes.subarray(0, 8)), `${length} bytes lie in plain`);
  }
});

test('a part of a longer array is sealed alone', () => {
  const bytes = noise(100, 3);
  assert.deepEqual(cipher.open(cipher.seal(bytes.subarray(10, 20), CONTEXT), CONTEXT), bytes.subarray(10, 20));
});

test('a single bit that was changed, anywhere, breaks the seal', () => {
  const sealed = cipher.seal(noise(40, 5), CONTEXT);
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => cipher.open(changed, CONTEXT), SealBroken, `bit ${bit}`);
  }
});

test('cut short, lengthened, empty or never sealed', () => {
  const sealed = cipher.seal(noise(40, 5), CONTEXT);
  for (const other of [
    ...Array.from({ length: sealed.length }, (_, length) => sealed.subarray(0, length)),
    Buffer.concat([sealed, Buffer.of(0)]),
    Buffer.from('{"a plain text": "of more than thirty bytes"}'),
  ]) {
    assert.throws(() => cipher.open(other, CONTEXT), {
      name: 'SealBroken',
      code: 'SEAL_BROKEN',
      message: 'a record of window.vector does not match its seal',
    });
  }
});

test('another place, another row or another key', () => {
  const sealed = cipher.seal(noise(40, 5), CONTEXT);
  const others: readonly SealContext[] = [
    ['window.vector'],
    ['window.vector', 1, 1_701_423_846_000_001, 40],
    ['window.vector', 1, 1_701_423_846_000_002, 40, null],
    ['window.vector', 1, 1_701_423_846_000_001, 40, 'null'],
    ['window.vector', 1, 1_701_423_846_000_001, 40, null, null],
    ['meta.value', 1, 1_701_423_846_000_001, 40, null],
  ];
  for (const other of others) assert.throws(() => cipher.open(sealed, other), SealBroken, JSON.stringify(other));
  assert.throws(() => createCipher(testKey(8)).open(sealed, CONTEXT), SealBroken);
});

test('what stands side by side in a context is kept apart', () => {
  const sealed = cipher.seal(noise(4, 5), ['a', 'b,"c']);
  assert.throws(() => cipher.open(sealed, ['a', 'b', 'c']), SealBroken);
  assert.throws(() => cipher.open(sealed, ['a","b', 'c']), SealBroken);
});

test('a key of another length is refused', () => {
  for (const length of [0, 16, 31, 33])
    assert.throws(() => createCipher(new Uint8Array(length)), { message: `a key has 32 bytes, not ${length}` });
});
