// Logins and what is done after them in, the four features of a session out. A log rarely says which login a command belongs to, so a
// user has one session: the last login.
import { addTo, slidingOf, sumOf, type Sliding } from './sliding.ts';

export interface Session {
  readonly user: string;
  readonly address: string | null;
  /** null where the login was not seen. */
  readonly loginMs: number | null;
  /** How far the login itself was from the user's habits; see habits.ts. */
  readonly hourDeviation: number;
  readonly newAddress: boolean;
  readonly newNetwork: boolean;
  /** What the guard thought of the login, 0 to 1. */
  suspicion: number;
  /** The first command as somebody else. */
  privilegeMs: number | null;
  firstPrivilegeEver: boolean;
  readonly commands: Sliding;
  readonly livingOff: Sliding;
  readonly changes: Sliding;
}

export type Login = Pick<Session, 'user' | 'address' | 'loginMs' | 'hourDeviation' | 'newAddress' | 'newNetwork'>;

export const sessionOf = (login: Login, windowMs: number): Session => ({
  ...login,
  suspicion: 0,
  privilegeMs: null,
  firstPrivilegeEver: false,
  commands: slidingOf(windowMs),
  livingOff: slidingOf(windowMs),
  changes: slidingOf(windowMs),
});

/** A session whose beginning was not seen: nothing is known of how it began. */
export const unseenSession = (user: string, windowMs: number): Session =>
  sessionOf({ user, address: null, loginMs: null, hourDeviation: 0, newAddress: false, newNetwork: false }, windowMs);

/** @returns seconds from the login; null where that was not seen. */
export function noteCommand(session: Session, atMs: number, livesOff: boolean): number | null {
  session.privilegeMs ??= atMs;
  addTo(session.commands, atMs);
  if (livesOff) addTo(session.livingOff, atMs);
  return session.loginMs === null ? null : Math.max(0, atMs - session.loginMs) / 1000;
}

export const noteChange = (session: Session, atMs: number): void => addTo(session.changes, atMs);

export interface SessionFigures {
  /** Seconds from the login to the first command as somebody else; the length of the window where there was none in it. */
  readonly privilegeS: number;
  /** Commands a minute, over the window. */
  readonly commandRate: number;
  readonly livingOff: number;
  readonly changes: number;
}

export function sessionFigures(session: Session, nowMs: number, windowMs: number): SessionFigures {
  const { loginMs, privilegeMs } = session;
  const seen = loginMs !== null && privilegeMs !== null && privilegeMs > nowMs - windowMs;
  return {
    privilegeS: Math.min(windowMs, seen ? Math.max(0, privilegeMs - loginMs) : windowMs) / 1000,
    commandRate: sumOf(session.commands, nowMs) / (windowMs / 60_000),
    livingOff: sumOf(session.livingOff, nowMs),
    changes: sumOf(session.changes, nowMs),
  };
}
