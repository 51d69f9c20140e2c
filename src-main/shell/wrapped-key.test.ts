import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createKeyring, type SafeStorage } from './keyring.ts';
import { wrappedKey } from './wrapped-key.ts';

const KEY = 'ab'.repeat(32);

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-key-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
/** One that is not there yet. */
const newFolder = (t: TestContext): string => path.join(emptyFolder(t), 'a', 'data');

const flipped = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
const wrap = (tag: string, plain: string): Buffer => Buffer.concat([Buffer.from(tag), flipped(Buffer.from(plain))]);
function unwrap(tag: string, wrapped: Buffer): string {
  if (wrapped.subarray(0, 3).toString() !== tag) throw new Error('Error while decrypting the ciphertext.');
  return flipped(wrapped.subarray(3)).toString();
}

/** safeStorage as Electron 33 has it: `tag` stands for the key in the keyring. */
const older = (tag = 'v11', backend = 'gnome_libsecret', available = true): SafeStorage => ({
  isEncryptionAvailable: () => available,
  encryptString: (plain) => wrap(tag, plain),
  decryptString: (wrapped) => unwrap(tag, wrapped),
  getSelectedStorageBackend: () => backend,
});
/** As Electron 46 has it: always available. What `before` wrapped it reads too. */
const newer = (tag = 'v11', before = tag): SafeStorage => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (plain) => Promise.resolve(wrap(tag, plain)),
  decryptStringAsync: async (wrapped) => {
    const now = wrapped.subarray(0, 3).toString() === tag;
    return { result: unwrap(now ? tag : before, wrapped), shouldReEncrypt: !now };
  },
  getSelectedStorageBackend: () => 'kwallet6',
});
const key = (folder: string, storage: SafeStorage, platform: NodeJS.Platform = 'linux'): Promise<string | null> =>
  wrappedKey(folder, createKeyring(storage, platform));

for (const [name, storage] of Object.entries({ 'Electron 33': older(), 'Electron 46': newer() })) {
  test(`${name}: made once, kept wrapped, for its owner alone`, async (t) => {
    const folder = newFolder(t);
    const made = await key(folder, storage);
    assert.match(made ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(readdirSync(folder), ['data.key.wrapped']);
    const file = path.join(folder, 'data.key.wrapped');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.ok(!readFileSync(file).includes(made ?? ''));
    assert.equal(await key(folder, storage), made);
    assert.notEqual(await key(newFolder(t), storage), made, 'another folder, another key');
  });
}

for (const [why, storage] of Object.entries({
  'no keyring was chosen': older('v10', 'basic_text'),
  'it is not known yet': older('v11', 'unknown'),
  'the keyring does not answer': older('v11', 'gnome_libsecret', false),
  'Chromium fell back to its published password': newer('v10'),
  'it encrypts but can not decrypt': { ...older(), decryptString: () => 'something else' },
  'it can not encrypt': { ...older(), encryptString: () => assert.fail('no') },
  'there is none at all': {},
})) {
  test(`no key, and no file, where ${why}`, async (t) => {
    t.mock.method(console, 'error', () => undefined);
    const folder = newFolder(t);
    assert.equal(await key(folder, storage), null);
    assert.equal(existsSync(folder), false);
  });
}

test('the tag of the published password means nothing on other systems', async (t) => {
  assert.match((await key(newFolder(t), newer('v10'), 'darwin')) ?? '', /^[0-9a-f]{64}$/);
});

test('a plain key file goes on serving; a wrapped one comes before it', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(path.join(folder, 'data.key'), '');
  assert.equal(await key(folder, older()), null);
  assert.deepEqual(readdirSync(folder), ['data.key']);
  writeFileSync(path.join(folder, 'data.key.wrapped'), wrap('v11', KEY));
  assert.equal(await key(folder, older()), KEY);
});

for (const [what, bytes] of Object.entries({
  'another keyring': wrap('v12', KEY),
  'what is no key': wrap('v11', 'not a key'),
  'an empty file': Buffer.alloc(0),
})) {
  test(`a key that can not be opened (${what}) is said and left as it is`, async (t) => {
    const folder = emptyFolder(t);
    const file = path.join(folder, 'data.key.wrapped');
    writeFileSync(file, bytes);
    writeFileSync(path.join(folder, 'data.key'), KEY);
    await assert.rejects(key(folder, older()), (error: Error) => {
      assert.ok(error.message.startsWith(`The key of your data (${file}) can't be opened: `));
      assert.match(error.message, /[^.]\. Unlock the keyring of your desktop/);
      return true;
    });
    assert.deepEqual(readFileSync(file), bytes);
  });
}

test('a keyring with a newer key gets the same key wrapped anew', async (t) => {
  const folder = newFolder(t);
  const made = await key(folder, newer('v11'));
  assert.equal(await key(folder, newer('v12', 'v11')), made);
  const file = path.join(folder, 'data.key.wrapped');
  assert.deepEqual(readFileSync(file), wrap('v12', made ?? ''));
  // But never under the published password.
  t.mock.method(console, 'error', () => undefined);
  assert.equal(await key(folder, newer('v10', 'v12')), made);
  assert.deepEqual(readFileSync(file), wrap('v12', made ?? ''));
});

test('a folder that is a file is said', async (t) => {
  const file = path.join(emptyFolder(t), 'file');
  writeFileSync(file, '');
  await assert.rejects(
    key(path.join(file, 'data'), older()),
    /^Error: The key of your data can't be written to .*ENOTDIR/,
  );
});
