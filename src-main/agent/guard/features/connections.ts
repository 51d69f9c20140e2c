// Events of sshd's connections in, how many failed logins each is worth out: sshd tells of one attempt in several lines, differently
// by release and configuration, and the process is what they have in common.
import type { LogEvent } from '../parse/event.ts';
import { createBounded } from './bounded.ts';

export interface Connections {
  /** 0 for an attempt that was told already. */
  readonly failures: (event: LogEvent) => number;
  readonly loggedIn: (event: LogEvent) => void;
  /** Whether a connection ended without anybody being named. */
  readonly isProbe: (event: LogEvent) => boolean;
}

interface Connection {
  readonly atMs: number;
  /** Lines of the two kinds that tell of one keyboard-interactive attempt: `error: PAM: …` and `Failed keyboard-interactive/pam …`. */
  pam: number;
  interactive: number;
  /** Something was tried, or succeeded. */
  used: boolean;
}

const MOST = 4096;
/** Numbers of processes come again; a connection that asks for a password is given two minutes by default (LoginGraceTime). */
const SAME_MS = 600_000;

export function createConnections(): Connections {
  const known = createBounded<number, Connection>(MOST);

  const connectionOf = ({ pid, atMs }: LogEvent): Connection | null => {
    if (pid === 0) return null;
    const found = known.get(pid);
    if (found !== undefined && Math.abs(atMs - found.atMs) < SAME_MS) return found;
    const fresh: Connection = { atMs, pam: 0, interactive: 0, used: false };
    known.set(pid, fresh);
    return fresh;
  };

  return {
    failures: (event) => {
      const connection = event.program === 'sshd' ? connectionOf(event) : null;
      if (connection === null) return event.count;
      if (event.kind === 'abandoned') {
        const told = connection.used;
        connection.used = true;
        return told ? 0 : event.count;
      }
      connection.used = true;
      if (event.method !== 'pam' && event.method !== 'keyboard-interactive') return event.count;
      const before = Math.max(connection.pam, connection.interactive);
      if (event.method === 'pam') connection.pam += event.count;
      else connection.interactive += event.count;
      return Math.max(connection.pam, connection.interactive) - before;
    },
    loggedIn: (event) => {
      const connection = connectionOf(event);
      if (connection !== null) connection.used = true;
    },
    isProbe: (event) => {
      const connection = connectionOf(event);
      if (connection === null) return true;
      const used = connection.used;
      connection.used = true;
      return !used;
    },
  };
}
