// What enters: the data folder, and the key that the tray application has taken out of the desktop's keyring, if there is one.
// What leaves: the key that everything stored is sealed with, and an honest sentence about where it lies.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { KEY_BYTES } from './cipher.ts';
import { removeOverwritten } from './overwritten-file.ts';
import { privateFolder } from './private-file.ts';
import { StoreError, storeError } from './store-error.ts';
import { messageOf } from '../thrown.ts';

export interface DataKey {
  readonly key: Uint8Array;
  readonly kind: 'keyring' | 'file';
  readonly sentence: string;
}

/** 64 hexadecimal digits, for their owner alone. */
const KEY_FILE = 'data.key';
/** The key as the keyring has wrapped it; written and read by the tray application. */
export const WRAPPED_KEY_FILE = 'data.key.wrapped';

const HEX_KEY = /^[0-9a-f]{64}$/;
const OWNER_ONLY = 0o600;

const IN_KEYRING = "The key lies in your desktop's keyring.";
const IN_FILE =
  'The key lies in a file beside the data, readable by you alone, for no keyring could be asked when it was made: ' +
  'whoever can read your files can read the data.';

/**
 * The key given, or that of the key file, which is made where there is no key yet. The caller holds the lock of the folder.
 * @param given 64 hexadecimal digits; null where no keyring can be asked.
 * @throws StoreError `locked` where the key is out of reach or unusable; nothing is overwritten then.
 */
export function openDataKey(dataDir: string, given: string | null): DataKey {
  const folder = resolve(dataDir);
  if (given !== null) return { key: keyOf(given, "The desktop's keyring"), kind: 'keyring', sentence: IN_KEYRING };
  privateFolder(folder);
  const path = join(folder, KEY_FILE);
  if (!existsSync(path)) {
    if (existsSync(join(folder, WRAPPED_KEY_FILE))) throw inKeyring(folder);
    makeKeyFile(path);
  }
  return { key: keyOf(readKeyFile(path), path), kind: 'file', sentence: IN_FILE };
}

/**
 * The key for whoever only reads: none is made.
 * @returns why it is out of reach where it is.
 * @throws StoreError `locked` where the key file is unusable.
 */
export function dataKeyAtHand(dataDir: string): Uint8Array | 'in-keyring' | 'none' {
  const path = join(resolve(dataDir), KEY_FILE);
  if (existsSync(path)) return keyOf(readKeyFile(path), path);
  return isInKeyring(resolve(dataDir)) ? 'in-keyring' : 'none';
}

/** Whether the tray application alone opens the data. */
export const isInKeyring = (dataDir: string): boolean =>
  existsSync(join(dataDir, WRAPPED_KEY_FILE)) && !existsSync(join(dataDir, KEY_FILE));

/**
 * After the key has moved into the keyring its file is of no use but to a thief: it is overwritten and removed. One that holds another key
 * is left alone. The caller holds the lock of the folder and has opened the data with `key`.
 * @returns whether there was one
 * @throws the error of the file system, StoreError where the file can't be read
 */
export async function dropKeyFile(dataDir: string, key: Uint8Array): Promise<boolean> {
  const folder = resolve(dataDir);
  const path = join(folder, KEY_FILE);
  if (!existsSync(path) || !existsSync(join(folder, WRAPPED_KEY_FILE))) return false;
  if (readKeyFile(path) !== Buffer.from(key).toString('hex')) return false;
  await removeOverwritten(path);
  if (process.platform !== 'win32') syncFolder(folder);
  return true;
}

function keyOf(hex: string, holder: string): Uint8Array {
  if (HEX_KEY.test(hex)) return Buffer.from(hex, 'hex');
  throw new StoreError(
    'locked',
    `${holder} holds no key: ${2 * KEY_BYTES} hexadecimal digits were expected. ` +
      'Put the key back from a backup, or move the data folder away to begin anew.',
  );
}

/** Takes the rights of others away on the way. */
function readKeyFile(path: string): string {
  try {
    const fd = openSync(path, 'r');
    try {
      if ((fstatSync(fd).mode & 0o777) !== OWNER_ONLY) fchmodSync(fd, OWNER_ONLY);
      return readFileSync(fd, 'utf8').trim();
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const advice = 'Make it readable for yourself, or choose another data folder with --data.';
    throw new StoreError('locked', `The key in ${path} could not be read (${messageOf(error)}). ${advice}`, {
      cause: error,
    });
  }
}

/** On the disk before anything is sealed with it: data may outlive a power cut only together with their key. */
function makeKeyFile(path: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
      flag: 'wx',
      mode: OWNER_ONLY,
      flush: true,
    });
    renameSync(temporary, path);
    if (process.platform !== 'win32') syncFolder(join(path, '..'));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw storeError(error, path);
  }
}

function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const inKeyring = (folder: string): StoreError =>
  new StoreError(
    'locked',
    `The key to the data in ${folder} lies in the desktop's keyring, which only the tray application opens. ` +
      'Start the tray application and ask again, or name another data folder with --data.',
  );
