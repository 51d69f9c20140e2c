// The data folder in, what the guard has kept there out, for commands that run without an agent.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCipher } from '../store/cipher.ts';
import { openDataKey } from '../store/data-key.ts';
import { lockData } from '../store/data-lock.ts';
import { readBaseline } from './baseline-store.ts';
import { createGuardStore } from './guard-store.ts';
import type { GuardStore } from './guard-records.ts';
import { GUARD_FILE, openGuardDatabase } from './open-guard-store.ts';
import type { Baseline } from './score/baseline.ts';

/** @throws AlreadyRunning while an agent runs on the folder, StoreError where it can't be used. */
export async function withKept<T>(dataDir: string, nowMs: number, use: (store: GuardStore) => Promise<T>): Promise<T> {
  const lock = lockData(dataDir);
  try {
    const cipher = createCipher(openDataKey(dataDir, null).key);
    const store = createGuardStore(openGuardDatabase(dataDir, cipher, nowMs).db, cipher);
    try {
      return await use(store);
    } finally {
      store.close();
    }
  } finally {
    lock.release();
  }
}

export const hasKept = (dataDir: string): boolean => existsSync(join(dataDir, GUARD_FILE));

export const BASELINE_KEY = 'baseline';

/** What is usual on this machine; null while it has not been learned. */
export function keptBaseline(store: GuardStore): Baseline | null {
  const kept = store.get(BASELINE_KEY);
  return kept === null ? null : readBaseline(kept);
}
