// Which of logind's sessions is ours. In: the process, what its environment says, its user. Out: the object of the session.
import type { Bus, BusTarget } from '../../dbus.ts';

export const LOGIN1 = 'org.freedesktop.login1';
export const MANAGER: BusTarget = { name: LOGIN1, path: '/org/freedesktop/login1', interface: `${LOGIN1}.Manager` };

/** Changes of all sessions' properties: which is ours may change. */
export const SESSION_CHANGES = {
  interface: 'org.freedesktop.DBus.Properties',
  member: 'PropertiesChanged',
  sender: LOGIN1,
  arg0: `${LOGIN1}.Session`,
} as const;

export interface SessionClues {
  readonly pid: number;
  /** XDG_SESSION_ID */
  readonly id: string | null;
  readonly uid: number | null;
}

type Find = (bus: Bus, clues: SessionClues) => Promise<string | null>;

/** The best first. Programs that the desktop starts as units of systemd belong to no session by their process. */
const WAYS: readonly Find[] = [
  (bus, { pid }) => path(bus.call(MANAGER, 'GetSessionByPID', 'u', [pid])),
  async (bus, { id }) => (id === null || id === '' ? null : await path(bus.call(MANAGER, 'GetSession', 's', [id]))),
  async (bus, { uid }) => (uid === null ? null : pathOfPair(await bus.property(await user(bus, uid), 'Display'))),
  async (bus, { uid }) => (uid === null ? null : await graphical(bus, await user(bus, uid))),
];

/** @throws Error when none of them can be read. */
export async function findSession(bus: Bus, clues: SessionClues): Promise<BusTarget> {
  let last: unknown;
  for (const find of WAYS) {
    try {
      const found = await find(bus, clues);
      if (found === null) continue;
      const session = sessionAt(found);
      // An identifier in the environment may be that of a session long gone.
      await bus.property(session, 'LockedHint');
      return session;
    } catch (error) {
      last = error;
    }
  }
  throw new Error('logind knows no session of this user', { cause: last });
}

const sessionAt = (path: string): BusTarget => ({ name: LOGIN1, path, interface: `${LOGIN1}.Session` });

const user = async (bus: Bus, uid: number): Promise<BusTarget> => ({
  name: LOGIN1,
  path: (await path(bus.call(MANAGER, 'GetUser', 'u', [uid]))) ?? '/',
  interface: `${LOGIN1}.User`,
});

async function graphical(bus: Bus, owner: BusTarget): Promise<string | null> {
  const sessions = await bus.property(owner, 'Sessions');
  for (const pair of Array.isArray(sessions) ? sessions : []) {
    const found = pathOfPair(pair);
    if (found === null) continue;
    const type = await bus.property(sessionAt(found), 'Type');
    if (type === 'x11' || type === 'wayland') return found;
  }
  return null;
}

const path = async (answer: Promise<unknown>): Promise<string | null> => pathOf(await answer);
const pathOf = (value: unknown): string | null => (typeof value === 'string' && value !== '/' ? value : null);
/** `(so)`: a session's identifier and its object; the root stands for none. */
const pathOfPair = (value: unknown): string | null => (Array.isArray(value) ? pathOf(value[1]) : null);
