// A database in, what a verification of its audit log found out. It is only read, and may be in use.
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogReport } from '../../../../src-preload/contract.ts';
import type { Cipher } from '../cipher.ts';
import { loadDriver, type Database } from '../driver.ts';
import { misfitOf } from '../key-check.ts';
import { schemaVersion } from '../schema.ts';
import { StoreError, storeError } from '../store-error.ts';
import { createLogReader } from './read-log.ts';
import { createLogReplayer } from './replay-log.ts';
import { inWords } from './report-words.ts';
import { verifyChain } from './verify.ts';

export interface LogQuestion {
  /** Of this program: another one may well have decided otherwise. */
  readonly version: string;
  /** Hash of an entry that was noted elsewhere, or its beginning. */
  readonly expect?: string;
  /** Number of an entry of which the report is to tell by itself. */
  readonly entry?: number;
}

const CHAINED_SINCE = 5;
const BUSY_TIMEOUT_MS = 1_000;

/**
 * All that is read is of one moment, whatever the agent writes meanwhile.
 * @param cipher null to follow the hashes alone.
 * @throws StoreError where there is no such log: no file, an older format, another key, too damaged to be read.
 */
export async function verifyFile(path: string, cipher: Cipher | null, question: LogQuestion): Promise<LogReport> {
  if (!existsSync(path)) throw new StoreError('failed', `There is no database at ${path}.`);
  let db: Database | null = null;
  try {
    db = new (loadDriver())(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    db.exec('BEGIN');
    if (schemaVersion(db) < CHAINED_SINCE) throw tooOld(path);
    const misfit = cipher === null ? null : misfitOf(db, cipher);
    if (misfit !== null)
      throw new StoreError('locked', `${path} was sealed with another key than the one at hand.`, { cause: misfit });
    return await verifyOpen(db, cipher, question, nextTurn);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    db?.close();
  }
}

/** @param turn lets others have their turn between two pages; where they might write, the connection must not see it. */
export async function verifyOpen(
  db: Database,
  cipher: Cipher | null,
  { version, ...asked }: LogQuestion,
  turn: () => Promise<unknown>,
): Promise<LogReport> {
  const replayer = cipher === null ? null : createLogReplayer(cipher, version, asked.entry);
  const sound = replayer === null ? {} : { sound: replayer.take };
  const chain = await verifyChain({ reader: createLogReader(db, cipher), cipher, turn, ...sound, ...asked });
  return inWords(chain, replayer);
}

const tooOld = (path: string): StoreError =>
  new StoreError(
    'failed',
    `${path} has no audit log that could be verified: it was last used by an older SecLyzer. Start SecLyzer once.`,
  );
