// What enters: the data folder and the cipher of its key. What leaves: the guard's database and what there is to say about it. Where it
// can't be used, one in memory that stays empty, and why the guard reads nothing: the agent's other work goes on.
import type { Refused } from '../collect/logs-permission.ts';
import type { Cipher } from '../store/cipher.ts';
import type { Database } from '../store/driver.ts';
import { messageOf } from '../thrown.ts';
import { openGuardDatabase, openGuardMemory } from './open-guard-store.ts';

export interface GuardOpening {
  readonly db: Database;
  /** For the user; null where all is well. */
  readonly trouble: string | null;
  /** Null where the guard can work. */
  readonly refused: Refused | null;
}

const FIX = 'Put that right, then start SecLyzer again.';

export function openOrDoWithout(dataDir: string, cipher: Cipher, nowMs: number): GuardOpening {
  try {
    const { db, setAside } = openGuardDatabase(dataDir, cipher, nowMs);
    const trouble =
      setAside === null
        ? null
        : `What the log guard had kept was damaged (${setAside.why}). It was set aside as ${setAside.path}.`;
    return { db, trouble, refused: null };
  } catch (error) {
    const reason = `its database can't be used. ${messageOf(error)}`;
    const trouble = `The log guard is unavailable: ${reason} ${FIX}`;
    return { db: openGuardMemory(cipher), trouble, refused: { reason, fix: FIX } };
  }
}
