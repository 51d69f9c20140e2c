// What a line of a log means: the events that the guard counts, and what a reader of one program's messages answers.

export type EventKind =
  /** A password, code or ticket was refused. `method`, `detail` = `unknown` where there is no such user. */
  | 'login-failed'
  /** A key was refused: clients offer all that they have, so this alone is no guess. */
  | 'key-refused'
  /** A connection that named a user and went away; a failed login where nothing else was logged of it. */
  | 'abandoned'
  /** There is no such user. Comes beside a failed login, never instead of one. */
  | 'unknown-user'
  /** A connection that never got as far as naming a user. */
  | 'probe'
  /** Too many attempts or connections: the service has stopped listening to this address or user. */
  | 'limit'
  | 'login'
  | 'logout'
  /** A command as somebody else: sudo, doas, pkexec, su. `target` is whom, `detail` what. */
  | 'privilege'
  | 'privilege-failed'
  | 'account-added'
  | 'account-removed'
  | 'account-changed'
  | 'password-changed'
  /** `detail` is the group. */
  | 'group-joined'
  /** A table of periodic commands was replaced. */
  | 'schedule-changed'
  | 'cron'
  /** The log itself: emptied, taken away, edited. `detail` says which and how. */
  | 'log-cleared'
  | 'journal-rotated'
  /** What writes the log, or protects the machine, was stopped or started. `detail` is its name. */
  | 'protection-stopped'
  | 'protection-started'
  | 'shutdown'
  /** By fail2ban. */
  | 'banned'
  | 'promiscuous'
  /** An entry that pretends to come from another program. */
  | 'forged';

export interface LogEvent {
  readonly atMs: number;
  readonly kind: EventKind;
  /** `sshd`, `sudo`, `gdm-password`; what PAM calls the service. */
  readonly program: string;
  /** Of the process that wrote the line; 0 where it is not said. */
  readonly pid: number;
  /** Who, or whom they claimed to be. */
  readonly user: string | null;
  /** IP address in its shortest form, or host name. */
  readonly address: string | null;
  /** How many of them the line tells of. */
  readonly count: number;
  readonly method: string | null;
  /** The account that it is about. */
  readonly target: string | null;
  readonly detail: string | null;
}

/** A line taken apart: who wrote what and when. */
export interface Entry {
  readonly atMs: number;
  readonly program: string;
  /** 0 where it is not said. */
  readonly pid: number;
  readonly text: string;
}

/** `nothing`: a known message that the guard has no use for. `unknown`: a wording that the reader does not know. */
export type Reading = LogEvent | 'nothing' | 'unknown';

/** Understands the messages of one program. */
export type Reader = (entry: Entry) => Reading;

type Facts = Partial<Pick<LogEvent, 'program' | 'user' | 'address' | 'count' | 'method' | 'target' | 'detail'>>;

/** All events have the same members in the same order, which keeps the code that reads them fast. */
export function eventOf(entry: Entry, kind: EventKind, facts: Facts): LogEvent {
  return {
    atMs: entry.atMs,
    kind,
    program: facts.program ?? entry.program,
    pid: entry.pid,
    user: facts.user ?? null,
    address: facts.address ?? null,
    count: facts.count ?? 1,
    method: facts.method ?? null,
    target: facts.target ?? null,
    detail: facts.detail ?? null,
  };
}
