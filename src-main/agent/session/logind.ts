// Our session as logind has it. In: the system bus. Out: its LockedHint and IdleHint, sleep, and a request to lock it.
// Its signals Lock and Unlock are requests to the desktop, not facts, and are not listened to.
import type { Bus, BusTarget, Signal } from '../../dbus.ts';
import { findSession, LOGIN1, MANAGER, SESSION_CHANGES, type SessionClues } from './find-session.ts';
import { LOGIND } from './lock-view.ts';
import { watchWitness, type Locker, type WitnessParts } from './watch-witness.ts';

export interface LogindParts extends Pick<WitnessParts, 'bus' | 'report' | 'graceMs'> {
  readonly clues: SessionClues;
  /** The desktop says that nobody is there, or that somebody is again. Not every desktop ever says so (GNOME and KDE do). */
  readonly onIdle: (idle: boolean) => void;
  readonly onSleep: (event: 'suspending' | 'resumed') => void;
}

export async function watchLogind({ bus, clues, report, graceMs, onIdle, onSleep }: LogindParts): Promise<Locker> {
  let session: BusTarget | null = null;
  const ask = async (): Promise<boolean> => {
    const target = session ?? (await findSession(bus, clues));
    // Looked for again next time, should it not answer.
    session = null;
    const hint = await bus.property(target, 'LockedHint');
    session = target;
    onIdle((await bus.property(target, 'IdleHint').catch(() => false)) === true);
    return hint === true;
  };
  const word = ({ path, args }: Signal): boolean | null => {
    const [, changed] = args;
    if (path !== session?.path || typeof changed !== 'object' || changed === null) return null;
    if ('IdleHint' in changed) onIdle(changed.IdleHint === true);
    return 'LockedHint' in changed ? changed.LockedHint === true : null;
  };
  const witness = await watchWitness({ bus, name: LOGIN1, rule: SESSION_CHANGES, word, ask, report, graceMs });
  const ended = await watchSleep(bus, onSleep);
  return {
    ...witness,
    way: () => {
      const target = session;
      return target === null || !witness.present() ? null : { by: LOGIND, ask: () => bus.call(target, 'Lock') };
    },
    stop: () => {
      ended();
      witness.stop();
    },
  };
}

/** Any user may send signals to one connection; sleep is believed only where the bus has checked who tells of it. */
const watchSleep = (bus: Bus, onSleep: LogindParts['onSleep']): Promise<() => void> =>
  bus.onSignal(
    { interface: MANAGER.interface, member: 'PrepareForSleep', path: MANAGER.path, sender: LOGIN1 },
    ({ directed, args }) => {
      if (!directed) onSleep(args[0] === true ? 'suspending' : 'resumed');
    },
  );
