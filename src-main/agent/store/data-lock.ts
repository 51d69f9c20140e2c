// What enters: the data folder. What leaves: a lock that one agent can hold, or AlreadyRunning with where the other one is.
// The lock is SQLite's own file lock on a file of its own: the kernel drops it when the process dies, so none can go stale.
import { readFileSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadDriver } from './driver.ts';
import type { Database, Driver } from './driver.ts';
import { privateFile, privateFolder } from './private-file.ts';
import { storeError } from './store-error.ts';
import { isAlive } from '../process-alive.ts';
import { codeOf } from '../thrown.ts';

/** Long enough for a command that only looks whether somebody holds the lock. */
const BUSY_TIMEOUT_MS = 250;

export interface DataLock {
  /** Safe to call twice. */
  readonly release: () => void;
}

/** `pid` and `url` are null where the running agent has not said them. */
export class AlreadyRunning extends Error {
  readonly pid: number | null;
  readonly url: string | null;

  constructor(pid: number | null, url: string | null) {
    super(
      `SecLyzer is already running on this data${pid === null ? '' : ` (process ${pid})`}. ` +
        'Use that one, or choose another data folder with --data.',
    );
    this.name = 'AlreadyRunning';
    this.pid = pid;
    this.url = url;
  }
}

// A connection that nothing refers to is closed by the garbage collector, and its lock with it.
const held = new Set<Database>();

/**
 * @throws AlreadyRunning while another process, or this one, holds the lock.
 * @throws StoreError when the lock file can't be made.
 */
export function lockData(dataDir: string): DataLock {
  const driver = loadDriver();
  const path = join(resolve(dataDir), 'lock.db');
  privateFolder(resolve(dataDir));
  // A lock file in use must not be opened by other means: closing a second descriptor would drop this process's own lock.
  if ([...held].some((db) => db.name === path)) throw alreadyRunning(dataDir);
  privateFile(path);
  const db = lockFile(driver, path, dataDir);
  held.add(db);
  return {
    release: () => {
      held.delete(db);
      db.close();
    },
  };
}

function lockFile(driver: Driver, path: string, dataDir: string): Database {
  try {
    return exclusive(driver, path);
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') throw alreadyRunning(dataDir);
    // SQLite reads the file only once it has a lock, so whoever learns that it is damaged learns that nobody holds it.
    if (storeError(error, path).kind !== 'damaged') throw storeError(error, path);
    truncateSync(path);
    return exclusive(driver, path);
  }
}

function exclusive(driver: Driver, path: string): Database {
  const db = new driver(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What the browser host wrote about itself; anything unreadable or of a process that is gone counts as not said. */
function alreadyRunning(dataDir: string): AlreadyRunning {
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(join(dataDir, 'agent.json'), 'utf8'));
  } catch {
    return new AlreadyRunning(null, null);
  }
  if (typeof said !== 'object' || said === null) return new AlreadyRunning(null, null);
  const { pid, port, token } = said as Record<string, unknown>;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid))
    return new AlreadyRunning(null, null);
  const url = typeof port === 'number' && typeof token === 'string' ? `http://127.0.0.1:${port}/?token=${token}` : null;
  return new AlreadyRunning(pid, url);
}
