// What enters: the data folder and the key to its data. What leaves: a store on its database, and what opening found there.
// A damaged database is set aside, never deleted, and a fresh one begun; one that can't be opened for another reason
// (permission, space, a newer format, another key) is left untouched and said so.
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { KEY_BYTES, createCipher } from './cipher.ts';
import type { Cipher, SealBroken } from './cipher.ts';
import { configure } from './configure.ts';
import { loadDriver } from './driver.ts';
import type { Database, Driver } from './driver.ts';
import { misfitOf } from './key-check.ts';
import { readMark } from './marks.ts';
import { privateFile, privateFolder } from './private-file.ts';
import { MIGRATIONS, SEALED_SINCE, migrate, schemaVersion } from './schema.ts';
import { scrub } from './scrub.ts';
import { createSqliteStore } from './sqlite-store.ts';
import { StoreError, storeError } from './store-error.ts';
import type { Store, StoreOpening } from './store.ts';
import { codeOf, messageOf } from '../thrown.ts';

export const STORE_FILE = 'seclyzer.db';

export interface StoreKey {
  /** 32 bytes, from data-key.ts. */
  readonly key: Uint8Array;
  /** Names a file that has to be set aside. */
  readonly nowMs?: number;
}

const LOG_BYTES_KEPT = 8 * 1024 * 1024;
/** One agent owns the file (data-lock.ts); whatever else reads it should be gone within this time. */
const BUSY_TIMEOUT_MS = 1_000;

/**
 * @param dataDir made where it is missing, with mode 0700; the database in it has mode 0600.
 * @throws StoreError when the database is sound but can't be used: no permission, read-only, no space, a newer format, another key.
 */
export async function openStore(
  dataDir: string,
  { key, nowMs = Date.now() }: StoreKey,
): Promise<{ readonly store: Store; readonly opening: StoreOpening }> {
  const driver = loadDriver();
  const cipher = createCipher(key);
  const path = join(resolve(dataDir), STORE_FILE);
  privateFolder(resolve(dataDir));
  const kind = privateFile(path) === 0 ? 'created' : 'opened';
  const why = damageOf(driver, path, cipher) ?? connect(driver, path, cipher);
  if (typeof why !== 'string') return { store: why, opening: { kind } };
  const setAside = moveAside(path, nowMs);
  privateFile(path);
  const fresh = connect(driver, path, cipher);
  if (typeof fresh === 'string') throw new StoreError('damaged', `A fresh database at ${path} is unsound: ${fresh}.`);
  return { store: fresh, opening: { kind: 'recovered', setAside, why } };
}

/** A store that is gone when it is closed, for replays and tests. Its key is gone with it. */
export function openMemoryStore(): Store {
  const driver = loadDriver();
  const db = new driver(':memory:');
  const cipher = createCipher(randomBytes(KEY_BYTES));
  migrate(db, cipher);
  return createSqliteStore(db, null, cipher);
}

/**
 * Looks at the file without changing it, the write-ahead log included: a read-only connection leaves both as they are.
 * @returns what is wrong with it, in SQLite's words or in those of who found it; null for a sound database.
 * @throws StoreError for a sound database of a newer format or of another key.
 */
function damageOf(driver: Driver, path: string, cipher: Cipher): string | null {
  return attempt(path, () => {
    const db = openToLook(driver, path);
    try {
      const verdict = String(db.pragma('quick_check(1)', { simple: true }));
      if (verdict !== 'ok') return verdict;
      const version = schemaVersion(db);
      if (version > MIGRATIONS.length) throw newerFormat(path, version);
      if (version < SEALED_SINCE) return null;
      const misfit = misfitOf(db, cipher);
      if (misfit !== null) throw otherKey(path, misfit);
      return readMark(db, 'damaged');
    } finally {
      db.close();
    }
  });
}

/** A change that a crash has interrupted in the old journal, as before the first change to write-ahead logging, only a writer can undo. */
function openToLook(driver: Driver, path: string): Database {
  const db = new driver(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    schemaVersion(db);
    return db;
  } catch (error) {
    db.close();
    if (codeOf(error) !== 'SQLITE_READONLY_ROLLBACK') throw error;
    return new driver(path, { timeout: BUSY_TIMEOUT_MS });
  }
}

/** @returns the store, or what is wrong with the database. */
function connect(driver: Driver, path: string, cipher: Cipher): Store | string {
  return attempt(path, () => {
    const db = new driver(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      configure(db);
      db.pragma(`journal_size_limit = ${LOG_BYTES_KEPT}`);
      migrate(db, cipher);
      scrub(db);
      return createSqliteStore(db, path, cipher);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/**
 * Tells damage, which is an answer, from every other failure, which is an error. SQLITE_ERROR is damage here: the fixed SQL
 * of this folder fails that way only where the tables are not those that the version promises.
 */
function attempt<T>(path: string, work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    const failure = storeError(error, path);
    if (failure.kind !== 'damaged' && codeOf(error) !== 'SQLITE_ERROR') throw failure;
    return messageOf(error);
  }
}

/** @returns the new path of the database; its log and index go along under the same name. */
function moveAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  let aside = `${path}.damaged-${stamp}`;
  for (let n = 2; existsSync(aside); n++) aside = `${path}.damaged-${stamp}-${n}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
  } catch (error) {
    throw storeError(error, path);
  }
  return aside;
}

const newerFormat = (path: string, version: number): StoreError =>
  new StoreError(
    'newer',
    `${path} was written by a newer SecLyzer (format ${version}, this one knows up to ${MIGRATIONS.length}). ` +
      'Update SecLyzer, or choose another data folder with --data.',
  );

const otherKey = (path: string, cause: SealBroken): StoreError =>
  new StoreError(
    'locked',
    `${path} was sealed with another key than the one at hand. Put the key that it was sealed with back (data.key or ` +
      `data.key.wrapped, from a backup of ${dirname(path)}), or move that folder away to begin anew.`,
    { cause },
  );
