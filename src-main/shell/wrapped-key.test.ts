import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createKeyring, KeyringRefused, type SafeStorage } from './keyring.ts';
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
const key = (
  folder: string,
  storage: SafeStorage,
  platform: NodeJS.Platform = 'linux',
  mayMove = false,
): Promise<string | null> => wrappedKey(folder, createKeyring(storage, platform), () => Promise.resolve(mayMove));

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

test('Electron 46 has a keyring under a desktop whose name Chromium does not know', async (t) => {
  const storage = { ...newer(), getSelectedStorageBackend: () => 'basic_text' };
  assert.match((await key(newFolder(t), storage)) ?? '', /^[0-9a-f]{64}$/);
});

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

test('the key of a plain file moves into a keyring that takes it without a question', async (t) => {
  const folder = emptyFolder(t);
  const [plain, file] = [path.join(folder, 'data.key'), path.join(folder, 'data.key.wrapped')];
  writeFileSync(plain, `${KEY}\n`);
  assert.equal(await key(folder, older(), 'linux', true), KEY);
  assert.deepEqual(readFileSync(file), wrap('v11', KEY));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  // Deleting it is for whoever has the lock of the folder.
  assert.equal(readFileSync(plain, 'utf8'), `${KEY}\n`);
});

for (const [why, { storage = older(), text = KEY }] of Object.entries({
  'there is no keyring': { storage: older('v10', 'basic_text') },
  'the keyring does not give it back': { storage: { ...older(), decryptString: () => 'something else' } },
  'it holds no key': { text: 'not a key' },
})) {
  test(`a plain key file stays where ${why}`, async (t) => {
    t.mock.method(console, 'error', () => undefined);
    const folder = emptyFolder(t);
    writeFileSync(path.join(folder, 'data.key'), text);
    assert.equal(await key(folder, storage, 'linux', true), null);
    assert.deepEqual(readdirSync(folder), ['data.key']);
    assert.equal(readFileSync(path.join(folder, 'data.key'), 'utf8'), text);
  });
}

test('a wrapping that can not be written leaves the plain key to serve, and says so', async (t) => {
  const said = t.mock.method(console, 'error', () => undefined);
  const folder = emptyFolder(t);
  writeFileSync(path.join(folder, 'data.key'), KEY);
  // What is written beside it first has this name.
  mkdirSync(path.join(folder, `data.key.wrapped.${process.pid}.new`, 'full'), { recursive: true });
  assert.equal(await key(folder, older(), 'linux', true), null);
  assert.match(String(said.mock.calls[0]?.arguments[0]), /the key in .*data\.key can't be moved into the keyring: /);
});

const refusal = (folder: string): RegExp =>
  new RegExp(
    `^Your desktop's keyring does not give the key of your data: it is locked, gone or another one\\. Unlock it, .* move ${folder} away to begin anew\\.$`,
  );
const damage = (folder: string): RegExp =>
  new RegExp(
    `^The key of your data \\(${folder}/data\\.key\\.wrapped\\) can't be read: it holds no key, or that of another keyring\\. Put it back`,
  );

for (const [what, { bytes, says, refused }] of Object.entries({
  'another keyring': { bytes: wrap('v12', KEY), says: refusal, refused: true },
  'what is no key': { bytes: wrap('v11', 'not a key'), says: damage, refused: false },
  'an empty file': { bytes: Buffer.alloc(0), says: refusal, refused: true },
})) {
  test(`a key that can not be opened (${what}) is said and left as it is`, async (t) => {
    const folder = emptyFolder(t);
    const file = path.join(folder, 'data.key.wrapped');
    writeFileSync(file, bytes);
    writeFileSync(path.join(folder, 'data.key'), KEY);
    await assert.rejects(key(folder, older()), (error: Error) => {
      assert.match(error.message, says(folder));
      // Another process may get what this one was refused.
      assert.equal(error instanceof KeyringRefused, refused);
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
