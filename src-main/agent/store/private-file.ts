// What enters: the path of a folder or file. What leaves: the same, there and readable by its owner alone, or a StoreError.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, storeError } from './store-error.ts';
import { codeOf } from '../thrown.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * Makes the folder where it is missing, mode 0700. A folder that was there is tightened only while it is ours and
 * empty: one that holds other things (`--data /tmp`) serves others too.
 * @throws StoreError where files can't be made in it.
 */
export function privateFolder(path: string): void {
  try {
    makeFolder(path);
    if (readdirSync(path).length === 0 && statSync(path).uid === process.getuid?.()) chmodSync(path, OWNER_ONLY_FOLDER);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(error, path);
  }
}

/** Step by step, for Node's own recursive mkdir never returns where the file system takes no folders, as /proc. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: OWNER_ONLY_FOLDER });
  } catch (error) {
    // Another start may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function folderError(error: unknown, path: string): StoreError {
  const refusal = (what: string): StoreError =>
    new StoreError('failed', `${what} Choose another data folder with --data.`, { cause: error });
  switch (codeOf(error)) {
    case 'ENOTDIR':
      return refusal(`${path} is not a folder, or is to lie in something that is none.`);
    case 'ENOENT':
      return refusal(`${path} could not be made: no folders can be made there.`);
    default:
      return storeError(error, path);
  }
}

/**
 * Makes an empty file where there is none, mode 0600 (SQLite gives its `-wal` and `-shm` files the mode of the database).
 * Must run before SQLite opens the file: closing any descriptor of it would drop the locks of this process.
 * @returns the size in bytes.
 * @throws StoreError where the file can't be written.
 */
export function privateFile(path: string): number {
  try {
    const fd = openSync(path, 'a+', OWNER_ONLY_FILE);
    try {
      const { size, mode } = fstatSync(fd);
      if ((mode & 0o777) !== OWNER_ONLY_FILE) chmodSync(path, OWNER_ONLY_FILE);
      return size;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw storeError(error, path);
  }
}
