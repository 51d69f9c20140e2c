// The file of a database in, what a verification of its audit log found out. The file is only read, and may be in use.
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogReport } from '../../../../src-preload/contract.ts';
import { createCipher, SealBroken, type Cipher } from '../cipher.ts';
import { loadDriver, type Database } from '../driver.ts';
import { schemaVersion } from '../schema.ts';
import { factOf } from '../sealed-rows.ts';
import { StoreError, storeError } from '../store-error.ts';
import { createLogReader } from './read-log.ts';
import { inWords } from './report-words.ts';
import { verifyChain } from './verify.ts';

export interface VerifiedFile {
  readonly path: string;
  /** 32 bytes; null to follow the hashes alone. */
  readonly key: Uint8Array | null;
  /** Hash of an entry that was noted elsewhere, or its beginning. */
  readonly expect?: string;
}

const CHAINED_SINCE = 5;
const BUSY_TIMEOUT_MS = 1_000;

/** @throws StoreError where there is no such log: no file, an older or newer format, another key, too damaged to be read. */
export async function verifyFile({ path, key, expect }: VerifiedFile): Promise<LogReport> {
  if (!existsSync(path)) throw new StoreError('failed', `There is no database at ${path}.`);
  const cipher = key === null ? null : createCipher(key);
  let db: Database | null = null;
  try {
    db = new (loadDriver())(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    return await verifyOn(db, path, cipher, expect);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    db?.close();
  }
}

async function verifyOn(db: Database, path: string, cipher: Cipher | null, expect?: string): Promise<LogReport> {
  // One moment for all that is read, whatever the agent writes meanwhile.
  db.exec('BEGIN');
  const version = schemaVersion(db);
  if (version < CHAINED_SINCE)
    throw new StoreError(
      'failed',
      `${path} has no audit log that could be verified: it was last used by an older SecLyzer. Start SecLyzer once.`,
    );
  if (cipher !== null) mustFit(db, path, cipher);
  const reader = createLogReader(db, cipher);
  const chain = await verifyChain({ reader, cipher, turn: nextTurn, ...(expect === undefined ? {} : { expect }) });
  return inWords(chain, cipher !== null);
}

function mustFit(db: Database, path: string, cipher: Cipher): void {
  const check = db.prepare<[], Buffer>("SELECT value FROM meta WHERE key = 'key-check'").pluck().get();
  try {
    factOf(cipher, 'key-check', check ?? Buffer.alloc(0));
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new StoreError('locked', `${path} was sealed with another key than the one at hand.`, { cause: error });
  }
}
