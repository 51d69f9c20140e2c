// What enters: single rows, at any moment. What leaves: all of them in one transaction, when the agent's clock says so.
import type { Database } from './driver.ts';
import type { Cell, Row } from './rows.ts';
import { StoreError, storeError } from './store-error.ts';

/** Of SQLite, or of several statements that belong together. */
export interface WriteStatement {
  readonly run: (...row: Cell[]) => unknown;
}

/** expendable: one reading of many, which goes before anything else does when too much waits. */
export type Worth = 'expendable' | 'kept';

export interface WriteQueue {
  readonly add: (statement: WriteStatement, row: Row, worth?: Worth) => void;
  /**
   * Writes all or nothing. What could not be written stays queued for the next attempt; the oldest rows go when too many wait, first of
   * those that are expendable.
   * @throws StoreError that says why, and that rows were given up meanwhile.
   */
  readonly flush: () => void;
}

/** About an hour of a busy agent with the host monitor, some 10 MB: the memory that a full disk may cost. */
const ROWS_WAITING_AT_MOST = 10_000;

export function createWriteQueue(db: Database, path: string, atMost = ROWS_WAITING_AT_MOST): WriteQueue {
  let waiting: { readonly statement: WriteStatement; readonly row: Row; readonly worth: Worth }[] = [];
  let lost = false;

  const write = db.transaction(() => {
    for (const { statement, row } of waiting) statement.run(...row);
  });

  return {
    add: (statement, row, worth = 'kept') => {
      waiting.push({ statement, row, worth });
      if (waiting.length <= atMost) return;
      const least = waiting.findIndex((one) => one.worth === 'expendable');
      waiting.splice(Math.max(0, least), 1);
      lost = true;
    },
    flush: () => {
      if (waiting.length === 0) return;
      try {
        write.immediate();
      } catch (error) {
        const failure = storeError(error, path);
        if (!lost) throw failure;
        throw new StoreError(failure.kind, `${failure.message} The oldest of what waits is being given up.`, {
          cause: error,
        });
      }
      waiting = [];
      lost = false;
    },
  };
}
