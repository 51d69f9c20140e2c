// What enters: the data folder and the cipher of its key. What leaves: the guard's database, open and at its newest version. One that is
// damaged, or sealed with another key, is set aside and a new one begun: what is lost is what can be read from the log again, and
// the alerts so far.
import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SealBroken, type Cipher } from '../store/cipher.ts';
import { configure } from '../store/configure.ts';
import { loadDriver, type Database } from '../store/driver.ts';
import { privateFile, privateFolder } from '../store/private-file.ts';
import { migrate, schemaVersion } from '../store/schema.ts';
import { StoreError, storeError } from '../store/store-error.ts';
import { messageOf } from '../thrown.ts';
import { scrubGuard } from './guard-erasure.ts';
import { GUARD_MIGRATIONS } from './guard-schema.ts';

export const GUARD_FILE = 'guard.db';
const BUSY_TIMEOUT_MS = 1000;
const CHECK = 'key-check';

export interface OpenedDatabase {
  readonly db: Database;
  /** Where a database that could not be used was put, and why; null for a sound one. */
  readonly setAside: { readonly path: string; readonly why: string } | null;
}

/** @throws StoreError where the database is sound but can't be used: no permission, no space, a newer format. */
export function openGuardDatabase(dataDir: string, cipher: Cipher, nowMs: number): OpenedDatabase {
  const path = join(resolve(dataDir), GUARD_FILE);
  privateFolder(resolve(dataDir));
  try {
    return { db: connect(path, cipher), setAside: null };
  } catch (error) {
    const failure = storeError(error, path);
    if (failure.kind !== 'damaged') throw failure;
    const aside = `${path}.damaged-${new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')}`;
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    return { db: connect(path, cipher), setAside: { path: aside, why: messageOf(error) } };
  }
}

/** One that is gone when it is closed, for the command line and tests. */
export function openGuardMemory(cipher: Cipher): Database {
  const db = new (loadDriver())(':memory:');
  migrate(db, cipher, GUARD_MIGRATIONS);
  return db;
}

function connect(path: string, cipher: Cipher): Database {
  const driver = loadDriver();
  privateFile(path);
  const db = new driver(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    const verdict = String(db.pragma('quick_check(1)', { simple: true }));
    if (verdict !== 'ok') throw new StoreError('damaged', verdict);
    if (schemaVersion(db) > GUARD_MIGRATIONS.length)
      throw new StoreError(
        'newer',
        `${path} was written by a newer SecLyzer. Update SecLyzer, or choose another data folder with --data.`,
      );
    configure(db);
    migrate(db, cipher, GUARD_MIGRATIONS);
    mustFit(db, cipher);
    scrubGuard(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A row that only the right key opens; made with the database. @throws SealBroken */
function mustFit(db: Database, cipher: Cipher): void {
  const check = db.prepare<[string], Buffer>('SELECT value FROM meta WHERE key = ?').pluck().get(CHECK);
  if (check === undefined) {
    const sealed = cipher.seal(Buffer.alloc(0), ['guard.meta', CHECK]);
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run(CHECK, sealed);
    return;
  }
  if (cipher.open(check, ['guard.meta', CHECK]).length > 0) throw new SealBroken('guard.meta');
}
