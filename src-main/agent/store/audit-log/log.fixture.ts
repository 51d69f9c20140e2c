// For tests of the audit log: a database on the disk with some entries, and a second connection for whoever tampers with it.
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditEntry, Decision, LogReport } from '../../../../src-preload/contract.ts';
import { loadDriver, type Database } from '../driver.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { testFolder, testKey } from '../test-folder.ts';
import { verifyFile } from './verify-file.ts';

export const START_MS = Date.UTC(2026, 10, 1);

export const decisionAt = (atMs: number): Decision => ({
  ...{ atMs, from: 'NORMAL', to: 'MONITORING', trust: 61.25, points: { keystroke: -12.5 } },
  reason: 'invented',
});
export const entryAt = (atMs: number): AuditEntry => ({ atMs, kind: 'pause', text: `Paused at ${atMs}.` });

export interface LogOnDisk {
  readonly folder: string;
  readonly path: string;
  readonly store: Store;
  readonly other: Database;
  /** In a second connection, with the key or without it. */
  readonly verify: (more?: { readonly expect?: string; readonly withKey?: false }) => Promise<LogReport>;
}

/** @param entries a decision, then an audit entry, and so on, a second apart. */
export async function logOnDisk(t: TestContext, entries: number): Promise<LogOnDisk> {
  const folder = testFolder(t);
  const path = join(folder, 'seclyzer.db');
  const { store } = await openStore(folder, { key: testKey() });
  t.after(() => store.close());
  for (let n = 0; n < entries; n++) {
    const atMs = START_MS + 1000 * n;
    if (n % 2 === 0) store.addDecision(decisionAt(atMs));
    else store.addAudit(entryAt(atMs));
    if (n % 5000 === 0) store.flush();
  }
  store.flush();
  const other = new (loadDriver())(path);
  t.after(() => other.close());
  return {
    ...{ folder, path, store, other },
    verify: ({ withKey = true, ...more } = {}) => verifyFile({ path, key: withKey ? testKey() : null, ...more }),
  };
}
