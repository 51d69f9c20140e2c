// What waits in the store goes to the disk; whether the disk takes it leaves as a notice, and its end as another. Nothing stops for a disk
// that is full: what could not be written is tried again with the next second's.
import type { PartTimes } from './budget/part-times.ts';
import type { Notices } from './notices.ts';
import type { Keeping } from './store/keeping.ts';
import type { Store } from './store/store.ts';
import { messageOf } from './thrown.ts';

export interface WriteDown {
  /** Never throws. */
  readonly flush: () => void;
  /** Rolls up, and drops what is too old. Never throws. */
  readonly upkeep: (nowMs: number, historyDays: number, keeping: Keeping) => void;
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
    upkeep: (nowMs, historyDays, keeping) => attempt(() => store.prune(nowMs, historyDays, keeping)),
  };
}

/** The same, its time counted to storage. */
export const timedWriteDown = ({ flush, upkeep }: WriteDown, { time }: Pick<PartTimes, 'time'>): WriteDown => ({
  flush: () => time('storage', flush),
  upkeep: (...how) => time('storage', () => upkeep(...how)),
});

export interface Upkeep {
  readonly now: () => void;
  /** Once an hour. */
  readonly ifDue: () => void;
}

/** Hours that are over are rolled up, and old rows thrown away, this often. */
const UPKEEP_EVERY_MS = 3_600_000;

/** @param how for how many days the history is kept, and for how long what tells of the machine. */
export function createUpkeep(
  { upkeep }: WriteDown,
  how: () => readonly [historyDays: number, keeping: Keeping],
): Upkeep {
  let doneMs = 0;
  const now = (): void => {
    // By the wall clock: that of a replay may be years away.
    doneMs = Date.now();
    upkeep(doneMs, ...how());
  };
  return {
    now,
    ifDue: () => {
      if (Math.floor(Date.now() / UPKEEP_EVERY_MS) !== Math.floor(doneMs / UPKEEP_EVERY_MS)) now();
    },
  };
}
