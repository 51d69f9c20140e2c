// Enters: the data folder, and the keyring of the system. Leaves: the key that the data is sealed with, where that keyring keeps it.
// The file in the data folder is of no use without the keyring.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { KeyringRefused, type Keyring } from './keyring.ts';

export const WRAPPED_KEY_FILE = 'data.key.wrapped';
/** Made by the agent, where there is no keyring. Once the keyring has it, the agent deletes it: it alone holds the folder's lock. */
const PLAIN_KEY_FILE = 'data.key';

const KEY_BYTES = 32;
const KEY_HEX = /^[0-9a-f]{64}$/;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * The key of the data in `dataDir`, made on the first start; that of a plain key file moves into the keyring.
 * @param mayMove whether the keyring takes it without a question, which nobody expects for data that open without one
 * @returns 32 bytes in hexadecimal; null where a plain key file serves, or will
 * @throws KeyringRefused or Error saying what happened and what to do, when there is a key that can't be had now; nothing is overwritten
 */
export async function wrappedKey(
  dataDir: string,
  keyring: Keyring,
  mayMove: () => Promise<boolean>,
): Promise<string | null> {
  const file = path.join(dataDir, WRAPPED_KEY_FILE);
  if (existsSync(file)) return await unwrapped(file, keyring);
  const plain = path.join(dataDir, PLAIN_KEY_FILE);
  if (!existsSync(plain)) return await made(file, keyring);
  return (await mayMove()) ? await moved(plain, file, keyring) : null;
}

async function unwrapped(file: string, keyring: Keyring): Promise<string> {
  const { plain, stale } = await read(file, keyring);
  const again = stale ? await wrapSafely(plain, keyring) : null;
  try {
    if (again !== null) await writeWhole(file, again);
  } catch (error) {
    // The wrapping that has just served goes on serving.
    console.error(`SecLyzer: ${file} can't be renewed: ${messageOf(error)}.`);
  }
  return plain;
}

async function read(file: string, keyring: Keyring): Promise<{ readonly plain: string; readonly stale: boolean }> {
  const away = `move ${path.dirname(file)} away to begin anew.`;
  try {
    const found = await keyring.unwrap(await readFile(file));
    if (!KEY_HEX.test(found.plain)) throw new Error('it holds no key, or that of another keyring');
    return found;
  } catch (error) {
    if (error instanceof KeyringRefused)
      throw new KeyringRefused(
        "Your desktop's keyring does not give the key of your data: it is locked, gone or another one. " +
          'Unlock it, in the desktop that SecLyzer was first started in, and start SecLyzer again; nothing is lost meanwhile. ' +
          `Where that keyring is gone for good, so is the data: ${away}`,
        { cause: error },
      );
    throw new Error(
      `The key of your data (${file}) can't be read: ${messageOf(error)}. Put it back from a backup, or ${away}`,
      { cause: error },
    );
  }
}

/** The plain one goes on serving where it can't be moved. */
async function moved(plain: string, file: string, keyring: Keyring): Promise<string | null> {
  try {
    const key = (await readFile(plain, 'utf8')).trim();
    const wrapped = KEY_HEX.test(key) ? await wrapSafely(key, keyring) : null;
    if (wrapped === null) return null;
    await writeWhole(file, wrapped);
    return key;
  } catch (error) {
    console.error(`SecLyzer: the key in ${plain} can't be moved into the keyring: ${messageOf(error)}.`);
    return null;
  }
}

async function made(file: string, keyring: Keyring): Promise<string | null> {
  const key = randomBytes(KEY_BYTES).toString('hex');
  const wrapped = await wrapSafely(key, keyring);
  if (wrapped === null) return null;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER });
    await writeWhole(file, wrapped);
  } catch (error) {
    throw new Error(
      `The key of your data can't be written to ${file}: ${messageOf(error)}. ` +
        'Make that folder writable, or choose another one with --data.',
      { cause: error },
    );
  }
  return key;
}

/** @returns null unless the keyring also gives back what it was given: data under a key that is lost would be lost with it. */
async function wrapSafely(key: string, keyring: Keyring): Promise<Buffer | null> {
  try {
    const wrapped = await keyring.wrap(key);
    return wrapped !== null && (await keyring.unwrap(wrapped)).plain === key ? wrapped : null;
  } catch (error) {
    console.error(`SecLyzer: the keyring can't be used: ${messageOf(error)}.`);
    return null;
  }
}

/** On the disk as a whole, under its name, before anything is sealed with what it holds. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  await rm(beside, { force: true });
  try {
    const handle = await open(beside, 'wx', OWNER_ONLY_FILE);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Windows opens no folders, and writes their entries at once. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without the full stop that some end with. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
