// A data folder on which no agent runs in, what lies in it out, for as long as somebody looks: for commands that do without one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createGuardStore } from '../guard/guard-store.ts';
import type { GuardStore } from '../guard/guard-records.ts';
import { hasKept } from '../guard/kept.ts';
import { openGuardDatabase } from '../guard/open-guard-store.ts';
import { createNotices } from '../notices.ts';
import { openData, type Data } from '../open-data.ts';
import { STORE_FILE } from '../store/open-store.ts';

export interface StoppedData extends Pick<Data, 'store' | 'cipher'> {
  /** null where there was never a log guard. */
  readonly guard: GuardStore | null;
}

/** @throws AlreadyRunning while an agent runs on the folder, StoreError where it can't be used, Error where there is nothing in it. */
export async function withStoppedData<T>(dataDir: string, use: (data: StoppedData) => Promise<T>): Promise<T> {
  // To open it would make one.
  if (!existsSync(join(dataDir, STORE_FILE)))
    throw new Error(`There is nothing of SecLyzer in ${dataDir}. Name the data folder with --data.`);
  const { store, cipher, close } = await openData(dataDir, createNotices(Date.now), null);
  try {
    const guard = hasKept(dataDir) ? createGuardStore(openGuardDatabase(dataDir, cipher, Date.now()).db, cipher) : null;
    try {
      return await use({ store, cipher, guard });
    } finally {
      guard?.close();
    }
  } finally {
    close();
  }
}
