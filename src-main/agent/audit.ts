// What happened besides changes of state in, kept and shown out: pauses, locks, sleep, settings, training.
import type { AuditEntry } from '../../src-preload/contract.ts';
import type { Store } from './store/store.ts';

/** Records one event at the present moment. */
export type Audit = (kind: AuditEntry['kind'], text: string) => void;

const MOST_CHARACTERS = 2000;

export function createAudit(
  store: Pick<Store, 'addAudit'>,
  nowMs: () => number,
  recorded: (entry: AuditEntry) => void,
): Audit {
  return (kind, text) => {
    const entry: AuditEntry = { atMs: Math.round(nowMs()), kind, text: text.slice(0, MOST_CHARACTERS) };
    store.addAudit(entry);
    recorded(entry);
  };
}
