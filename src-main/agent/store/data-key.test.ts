import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dropKeyFile, isInKeyring, openDataKey } from './data-key.ts';
import { testFolder } from './test-folder.ts';

const HEX = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const BYTES = Buffer.from(Array.from({ length: 32 }, (_, n) => n));
const BESIDE =
  'The key lies in a file beside the data, readable by you alone, for no keyring could be asked when it was made: whoever can read your files can read the data.';

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const plain = (key: Uint8Array): Buffer => Buffer.from(key);

test('a key that is given is used, and nothing is written', (t) => {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'data.key'), 'f'.repeat(64));
  const { key, ...said } = openDataKey(folder, HEX);
  assert.deepEqual(plain(key), BYTES);
  assert.deepEqual(said, { kind: 'keyring', sentence: "The key lies in your desktop's keyring." });
  assert.deepEqual(readdirSync(folder), ['data.key']);
  assert.equal(readFileSync(join(folder, 'data.key'), 'utf8'), 'f'.repeat(64));
});

test('without a key one is made, for its owner alone, and found again', (t) => {
  const folder = join(testFolder(t), 'a', 'b');
  const { key, ...said } = openDataKey(folder, null);
  assert.deepEqual(said, { kind: 'file', sentence: BESIDE });
  assert.deepEqual(readdirSync(folder), ['data.key']);
  assert.equal(readFileSync(join(folder, 'data.key'), 'utf8'), `${plain(key).toString('hex')}\n`);
  assert.deepEqual([modeOf(folder), modeOf(join(folder, 'data.key'))], [0o700, 0o600]);
  assert.deepEqual(openDataKey(folder, null).key, key);
  assert.notDeepEqual(openDataKey(testFolder(t), null).key, key);
});

test('a key file that others could read is made private', (t) => {
  const path = join(testFolder(t), 'data.key');
  writeFileSync(path, HEX);
  chmodSync(path, 0o644);
  assert.deepEqual(plain(openDataKey(join(path, '..'), null).key), BYTES);
  assert.equal(modeOf(path), 0o600);
});

test('a key in the keyring can not be read from here: said, and no other one made', (t) => {
  const folder = testFolder(t);
  writeFileSync(join(folder, 'data.key.wrapped'), 'wrapped');
  assert.throws(() => openDataKey(folder, null), {
    name: 'StoreError',
    kind: 'locked',
    message:
      `The key to the data in ${folder} lies in the desktop's keyring, which only the tray application opens. ` +
      'Start the tray application and ask again, or name another data folder with --data.',
  });
  assert.deepEqual(readdirSync(folder), ['data.key.wrapped']);
  assert.equal(openDataKey(folder, HEX).kind, 'keyring');
});

test('the file of a key that is in the keyring goes; no other one does', async (t) => {
  const folder = testFolder(t);
  const [file, wrapped] = [join(folder, 'data.key'), join(folder, 'data.key.wrapped')];
  assert.equal(await dropKeyFile(folder, BYTES), false, 'there is none');
  writeFileSync(file, `${HEX}\n`);
  assert.equal(await dropKeyFile(folder, BYTES), false, 'no keyring has it');
  assert.equal(isInKeyring(folder), false);
  writeFileSync(wrapped, 'wrapped');
  assert.equal(await dropKeyFile(folder, Buffer.alloc(32)), false, 'it is another key');
  assert.equal(readFileSync(file, 'utf8'), `${HEX}\n`);
  assert.equal(isInKeyring(folder), false);
  // A second name shows what becomes of the bytes.
  linkSync(file, join(folder, 'seen'));
  assert.equal(await dropKeyFile(folder, BYTES), true);
  assert.deepEqual(readdirSync(folder).toSorted(), ['data.key.wrapped', 'seen']);
  assert.deepEqual(readFileSync(join(folder, 'seen')), Buffer.alloc(65));
  assert.equal(isInKeyring(folder), true);
});

test('a key file that holds no key is left as it is', (t) => {
  const path = join(testFolder(t), 'data.key');
  for (const text of ['', 'hello', HEX.slice(1), `${HEX}00`, HEX.toUpperCase(), `${HEX}\n${HEX}`]) {
    writeFileSync(path, text);
    assert.throws(() => openDataKey(join(path, '..'), null), {
      kind: 'locked',
      message: `${path} holds no key: 64 hexadecimal digits were expected. Put the key back from a backup, or move the data folder away to begin anew.`,
    });
    assert.equal(readFileSync(path, 'utf8'), text);
  }
  assert.throws(() => openDataKey(join(path, '..'), 'abc'), { kind: 'locked', message: /keyring holds no key/ });
});

test('a key file that can not be read is an error', (t) => {
  const folder = testFolder(t);
  const path = join(folder, 'data.key');
  mkdirSync(path);
  assert.throws(() => openDataKey(folder, null), {
    kind: 'locked',
    message: /^The key in .*data\.key could not be read \(EISDIR.*\)\. Make it readable for yourself, or/,
  });
  rmSync(path, { recursive: true });
  assert.equal(openDataKey(folder, null).kind, 'file');
});
