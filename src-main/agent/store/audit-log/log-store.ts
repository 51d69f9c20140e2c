// An open database in; the part of the store that keeps decisions and audit entries out: one log, written at its end alone.
import type { AuditEntry, Decision } from '../../../../src-preload/contract.ts';
import { SealBroken, type Cipher } from '../cipher.ts';
import type { Database } from '../driver.ts';
import type { StoreAccess } from '../store-access.ts';
import type { Store } from '../store.ts';
import type { LogEraser } from './log-eraser.ts';
import { auditEntryRow, auditOf, decisionEntry, decisionOf, type LogKind, type UnlinkedRow } from './log-rows.ts';
import { createLogWriter } from './log-writer.ts';

interface ReadRow {
  readonly seq: number;
  readonly at_ms: number;
  readonly kind: LogKind;
  readonly body: Buffer;
}

export type LogStore = Pick<Store, 'addDecision' | 'decisions' | 'addAudit' | 'audit' | 'eraseLog'>;

const readWhere = (db: Database, which: string) =>
  db.prepare<[number, number, number], ReadRow>(
    `SELECT seq, at_ms, kind, body FROM entry WHERE ${which} AND body IS NOT NULL AND at_ms BETWEEN ? AND ?
       ORDER BY at_ms DESC, seq DESC LIMIT ?`,
  );

/**
 * An entry that somebody has changed says nothing any more. It is no reason to set the database aside, with the log that tells of it:
 * the verification of the chain names it.
 */
function readable<T>(read: () => T): readonly T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof SealBroken) return [];
    throw error;
  }
}

export function createLogStore(
  db: Database,
  cipher: Cipher,
  { add, flush, guard, afterFlush }: StoreAccess,
  eraser: Pick<LogEraser, 'erase'>,
): LogStore {
  const write = createLogWriter(db, cipher);
  const decisions = readWhere(db, `kind = 'decision'`);
  const others = readWhere(db, `kind NOT IN ('decision', 'evidence')`);
  const addRow = (row: UnlinkedRow): void => add(write, row);
  const erase = db.transaction((range: Parameters<Store['eraseLog']>[0], said: AuditEntry) => {
    const erased = eraser.erase(range);
    write.run(...auditEntryRow(said));
    return erased;
  });
  return {
    addDecision: (decision, evidence) => {
      const row = decisionEntry(decision);
      // Before the decision that was made from it.
      if (evidence !== undefined) addRow([decision.atMs, 'evidence', Buffer.from(evidence)]);
      addRow(row);
    },
    decisions: (limit, fromMs = -Infinity, toMs = Infinity): readonly Decision[] =>
      afterFlush(() => decisions.all(fromMs, toMs, limit).flatMap((row) => readable(() => decisionOf(cipher, row)))),
    addAudit: (entry) => addRow(auditEntryRow(entry)),
    audit: (limit, fromMs = -Infinity, toMs = Infinity): readonly AuditEntry[] =>
      afterFlush(() => others.all(fromMs, toMs, limit).flatMap((row) => readable(() => auditOf(cipher, row)))),
    eraseLog: (range, said) => {
      // What waits is part of what is to go.
      flush();
      return guard(() => erase.immediate(range, said));
    },
  };
}
