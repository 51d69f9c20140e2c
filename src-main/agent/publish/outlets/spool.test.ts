import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCipher } from '../../store/cipher.ts';
import { testFolder } from '../../store/test-folder.ts';
import { openSpool, type Spool } from './spool.ts';

const cipher = createCipher(new Uint8Array(32).fill(7));
const batch = (text: string, count = 1) => ({ count, bytes: Buffer.from(text) });
const texts = (spool: Spool): string[] => spool.all().map(({ bytes }) => bytes.toString());
const MUCH = 1e6;

test('what waits comes back in its order, over a restart, and cannot be read on the disk', async (t) => {
  const dir = join(testFolder(t), 'spool');
  const spool = openSpool(dir, cipher, MUCH);
  assert.equal(spool.oldest(), null);
  for (let i = 1; i <= 12; i += 1) await spool.add(batch(`secret ${i}`, i));
  const again = openSpool(dir, cipher, MUCH);
  assert.deepEqual(
    texts(again),
    Array.from({ length: 12 }, (_, i) => `secret ${i + 1}`),
  );
  assert.equal(again.oldest()?.count, 1);
  again.remove(again.oldest()?.name ?? '');
  await again.add(batch('secret 13'));
  assert.deepEqual([texts(again).at(0), texts(again).at(-1)], ['secret 2', 'secret 13']);
  for (const name of readdirSync(dir)) {
    assert.ok(!readFileSync(join(dir, name)).includes('secret'));
    assert.equal(statSync(join(dir, name)).mode & 0o777, 0o600);
  }
});

test('beyond its room the oldest are let go, and counted', async (t) => {
  const dir = testFolder(t);
  // A sealed record is 29 bytes longer than its content: 1 of format, 12 of nonce, 16 of tag.
  const spool = openSpool(dir, cipher, 3 * 129);
  for (let i = 1; i <= 5; i += 1) await spool.add(batch(String(i).repeat(100), 10 + i));
  assert.deepEqual(spool.state(), { batches: 3, bytes: 387, dropped: 11 + 12 });
  assert.deepEqual(
    texts(spool),
    ['3', '4', '5'].map((text) => text.repeat(100)),
  );
  spool.clear();
  assert.deepEqual([spool.state().bytes, readdirSync(dir)], [0, []]);
});

test('a damaged file does not stand in the way of the others', async (t) => {
  const dir = testFolder(t);
  const spool = openSpool(dir, cipher, MUCH);
  await spool.add(batch('one', 40));
  await spool.add(batch('two'));
  const [first = ''] = readdirSync(dir).toSorted();
  writeFileSync(join(dir, first), 'not what was sealed, and long enough to have been');
  writeFileSync(join(dir, `${first}.5d.tmp`), 'half');
  writeFileSync(join(dir, 'notes.txt'), 'not ours');
  const again = openSpool(dir, cipher, MUCH);
  assert.deepEqual([again.oldest()?.bytes.toString(), again.state().dropped], ['two', 40]);
  assert.deepEqual(readdirSync(dir).toSorted(), ['000000000002-1', 'notes.txt']);
});
