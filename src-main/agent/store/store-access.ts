// An open database enters; what every part of the store reads and writes it through leaves: the queue of writes, and the errors of both as
// StoreErrors.
import type { Database } from './driver.ts';
import { setMark } from './marks.ts';
import type { Row } from './rows.ts';
import { StoreError, storeError } from './store-error.ts';
import { createWriteQueue, type Worth, type WriteStatement } from './write-queue.ts';
import { messageOf } from '../thrown.ts';

export interface StoreAccess {
  readonly isOpen: () => boolean;
  readonly add: (statement: WriteStatement, row: Row, worth?: Worth) => void;
  readonly guard: <T>(work: () => T) => T;
  readonly flush: () => void;
  /** Reads what is there even where nothing can be written; what waits is then not among it. */
  readonly afterFlush: <T>(work: () => T) => T;
}

/** @param where the file, as messages name it. */
export function createAccess(db: Database, where: string): StoreAccess {
  const queue = createWriteQueue(db, where);
  const mustBeOpen = (): void => {
    if (!db.open) throw new StoreError('failed', `${where} is closed.`);
  };
  const guard = <T>(work: () => T): T => {
    mustBeOpen();
    try {
      return work();
    } catch (error) {
      const failure = storeError(error, where);
      // Found in use, and so by no check at the opening: the next one has to be told.
      if (failure.kind === 'damaged') leaveWord(db, messageOf(error));
      throw failure;
    }
  };
  return {
    isOpen: () => db.open,
    add: (statement, row, worth) => {
      mustBeOpen();
      queue.add(statement, row, worth);
    },
    guard,
    flush: () => guard(queue.flush),
    afterFlush: (work) =>
      guard(() => {
        flushIfRoom(queue.flush);
        return work();
      }),
  };
}

const READABLE: ReadonlySet<StoreError['kind']> = new Set<StoreError['kind']>([
  'full',
  'refused',
  'read-only',
  'denied',
]);

/** Where nothing can be written, what is there can still be read; what waits is only not among it. */
function flushIfRoom(flush: () => void): void {
  try {
    flush();
  } catch (error) {
    if (!(error instanceof StoreError) || !READABLE.has(error.kind)) throw error;
  }
}

/** @returns whether it could be left: a file too damaged for that fails the check of the next opening as well. */
function leaveWord(db: Database, why: string): boolean {
  try {
    setMark(db, 'damaged', why);
    return true;
  } catch {
    return false;
  }
}
