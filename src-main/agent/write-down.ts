// What waits in the store goes to the disk; whether the disk takes it leaves as a notice, and its end as another. Nothing stops for a disk
// that is full: what could not be written is tried again with the next second's.
import type { UserSettings } from '../../src-preload/contract.ts';
import type { Notices } from './notices.ts';
import type { Store } from './store/store.ts';
import { messageOf } from './thrown.ts';

export interface WriteDown {
  /** Never throws. */
  readonly flush: () => void;
  /** Rolls up, and drops what is too old. Never throws. */
  readonly upkeep: (nowMs: number, keep: UserSettings['retention']) => void;
}

const WRITES_AGAIN = 'The database can be written again, and what had waited is in it.';

export function createWriteDown(store: Pick<Store, 'flush' | 'prune'>, about: Notices['about']): WriteDown {
  let failing = false;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failing = true;
      return about('store', 'error', messageOf(error));
    }
    if (!failing) return;
    failing = false;
    about('store', 'info', WRITES_AGAIN);
  };
  return {
    flush: () => attempt(store.flush),
    upkeep: (nowMs, { historyDays, machineDays, logDays }) =>
      attempt(() => store.prune(nowMs, historyDays, machineDays, logDays)),
  };
}
