// What each witness says of the screen in, whether it counts as locked out, and the one event that follows. Pure.
// Witnesses are logind, by the LockedHint of the session, and the screen savers, which are active.

/** The witness whose word is the lock itself. */
export const LOGIND = 'logind';

/**
 * unlocked: a witness whose word is worth it said so. opened: the screen is open, and nobody is known to have shown a password: what
 * had locked the screen has gone, or came back and no longer says that it is locked; or it was a screen saver that may merely have
 * blanked, where logind is there and never told of a lock.
 */
export type LockEvent = 'locked' | 'unlocked' | 'opened';

export interface LockView {
  /** Whether LockedHint has ever been seen true here: some desktops never set it. */
  readonly hintWorks: boolean;
  /** The last word of each witness that is there. */
  readonly says: ReadonlyMap<string, boolean>;
  readonly locked: boolean;
  /** A screen saver took our own request to lock, so what it shows is a lock. */
  readonly asked: boolean;
}

export interface Testimony {
  readonly by: string;
  /** null: the witness has gone. */
  readonly locked: boolean | null;
  /** Read anew after the witness, or the way to it, had been away: what happened meanwhile nobody saw. */
  readonly found: boolean;
}

export const unseen = (hintWorks: boolean): LockView => ({ hintWorks, says: new Map(), locked: false, asked: false });

/** A lock was asked for, and seen. */
export const afterRequest = (view: LockView): LockView => ({ ...view, asked: view.locked });

/** @returns the new view, and the event when the screen has changed by it. */
export function hear(before: LockView, { by, locked, found }: Testimony): [LockView, LockEvent | null] {
  const hintWorks = before.hintWorks || (by === LOGIND && locked === true);
  const says = new Map(before.says);
  if (locked === null) says.delete(by);
  else says.set(by, locked);
  const isLocked = counts(hintWorks, says);
  const after = { hintWorks, says, locked: isLocked, asked: before.asked && isLocked };
  if (isLocked === before.locked) return [after, null];
  if (isLocked) return [after, 'locked'];
  const blanked = !hintWorks && says.has(LOGIND) && !before.asked;
  return [after, locked === null || found || blanked ? 'opened' : 'unlocked'];
}

/** A screen saver may merely blank, and a moved mouse ends that: where the hint works only it counts. */
const counts = (hintWorks: boolean, says: ReadonlyMap<string, boolean>): boolean =>
  hintWorks ? says.get(LOGIND) === true : [...says.values()].includes(true);
