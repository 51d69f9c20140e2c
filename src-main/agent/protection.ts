// What follows from a decision, and who is there: pauses, the session's lock and sleep, notifications, the countdown to a lock.
// In: decisions and the user's wishes. Out: whether input may be looked at, and what the desktop is to show or do.
import type { Ability, Notification, Snapshot, State, TrustPoint, UserSettings } from '../../src-preload/contract.ts';
import { createAnnouncer } from './act/announcer.ts';
import { createLockCountdown } from './act/lock-countdown.ts';
import type { Audit } from './audit.ts';
import type { Notices } from './notices.ts';
import { createPresence, type Presence } from './presence.ts';
import type { Pipeline, Tick } from './pipeline.ts';
import type { SessionEvent, SessionParts, SessionWatch } from './session/watch-session.ts';
import { messageOf } from './thrown.ts';
import type { Store } from './store/store.ts';

export interface ProtectionParts {
  readonly store: Store;
  readonly pipeline: Pipeline;
  readonly settings: () => UserSettings;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly nowMs: () => number;
  /** The score that the dashboard shows now. */
  readonly point: () => Pick<TrustPoint, 'state' | 'trust'>;
  /** The password has just been typed. */
  readonly reauthenticated: () => void;
  /** A tick between two ticks: what a re-authentication changed. */
  readonly moved: (tick: Tick) => void;
  readonly changed: () => void;
  readonly notify: (notification: Notification) => void;
  /** Why the screen must not be locked whatever the score says: nobody could see the countdown, or the input is not the owner's. */
  readonly neverLock: string | null;
  /** null: there is no session to watch, for a recording has none. */
  readonly watch: ((parts: SessionParts) => Promise<SessionWatch>) | null;
}

export interface Protection extends Pick<Presence, 'accepting' | 'takes' | 'pause' | 'resume'> {
  readonly view: () => Pick<Snapshot, 'paused' | 'screen' | 'locking'>;
  /** The desktop says that nobody is there. */
  readonly idle: () => boolean;
  readonly lockAbility: () => Ability;
  /** Shows it, where the user wants such. */
  readonly announce: (notification: Notification) => void;
  readonly lockNow: () => Promise<void>;
  /** From the host, where the system tells Electron alone. */
  readonly session: (event: SessionEvent) => void;
  readonly tick: (tick: Tick) => void;
  /** Why nothing that weakens the protection may be done now; null when it may. */
  readonly doubt: () => string | null;
  /** Why nothing that changes what is known of the owner may be done now; null when it may: the password was typed lately. */
  readonly refusal: () => string | null;
  /** Whether the unlocking of the screen can be seen. */
  readonly unlocksSeen: () => boolean;
  readonly stop: () => Promise<void>;
}

/** By desktop: who moves to one that never sets the hint must still be believed to have unlocked. */
const LOCKED_HINT = `session-locked-hint ${process.env['XDG_CURRENT_DESKTOP'] ?? ''}`;
/** A session that has not been found by then is not going to keep everything waiting. */
const KNOWN_BY_MS = 10_000;
const IN_DOUBT: ReadonlySet<State> = new Set<State>(['RESTRICTED', 'LOCKDOWN']);
/** So long after the password was typed it is still the same person who sits there. */
const PASSWORD_HOLDS_MS = 10 * 60_000;
/** Where no unlocking can be seen, so much trust, 0-100, stands in for the password. */
const TRUST_ENOUGH = 90;
const UNKNOWN: Ability = { available: false, reason: 'the desktop session is still being looked for', fix: null };

export function createProtection(parts: ProtectionParts): Protection {
  const { store, pipeline, settings, audit, notices, nowMs, changed } = parts;
  let watch: SessionWatch | null = null;
  /** Nothing is looked at before it is known whether the screen is locked: it may be a password. */
  let isKnown = parts.watch === null;
  let stopped = false;
  let passwordMs = Number.NEGATIVE_INFINITY;

  const announcer = createAnnouncer({
    settings: () => settings().notifications,
    show: parts.notify,
    nowMs,
    localMinutes: minutesOfDay,
  });
  const lockAbility = (): Ability =>
    parts.neverLock === null ? (watch?.lockAbility() ?? UNKNOWN) : never(parts.neverLock);
  const countdown = createLockCountdown({
    enabled: () => settings().lock.enabled,
    allowed: () => parts.neverLock ?? immature(pipeline) ?? lockAbility().reason,
    lock: () =>
      watch?.lock() ?? Promise.resolve({ locked: false, reason: UNKNOWN.reason ?? '', fix: 'Lock it by hand.' }),
    audit,
    tell: notices.add,
    changed: () => {
      const deadlineMs = countdown.deadline();
      if (deadlineMs !== null) announcer.locking(deadlineMs);
      changed();
    },
    nowMs,
  });
  const presence = createPresence({
    store,
    audit,
    nowMs,
    steadyMs: () => performance.now(),
    interrupt: pipeline.interrupt,
    reauthenticated: () => {
      passwordMs = nowMs();
      countdown.reauthenticated();
      parts.reauthenticated();
      parts.moved(pipeline.reauthenticated(Math.round(nowMs())));
    },
    failed: (error) => notices.add('error', messageOf(error)),
  });
  const session = (event: SessionEvent, by: string): void => {
    presence.session(event, by);
    if (event === 'opened') countdown.opened();
    changed();
  };
  if (parts.watch !== null) {
    const starting = parts.watch({
      env: process.env,
      pid: process.pid,
      onEvent: session,
      onChange: changed,
      knownLockedHint: store.get(LOCKED_HINT) === 'works',
      rememberLockedHint: () => store.set(LOCKED_HINT, 'works'),
    });
    const known = (): void => {
      if (!isKnown) presence.cut();
      isKnown = true;
      changed();
    };
    const late = setTimeout(known, KNOWN_BY_MS);
    void starting.then((started) => {
      clearTimeout(late);
      if (stopped) return started.stop();
      watch = started;
      if (started.locked()) session('locked', 'found locked');
      return known();
    });
  }

  // One that was seen counts as well: there are systems that tell of it without a way to lock.
  const unlocksSeen = (): boolean => watch?.lockAbility().available === true || passwordMs > Number.NEGATIVE_INFINITY;
  const inDoubt = (): boolean => IN_DOUBT.has(parts.point().state);

  return {
    accepting: () => isKnown && presence.accepting(),
    takes: (atUs) => isKnown && presence.takes(atUs),
    pause: (minutes) => {
      presence.pause(minutes);
      changed();
    },
    resume: () => {
      presence.resume();
      changed();
    },
    view: () => {
      const deadlineMs = countdown.deadline();
      return { ...presence.view(), locking: deadlineMs === null ? null : { atMs: deadlineMs } };
    },
    idle: () => watch?.idle() === true,
    lockAbility,
    announce: announcer.other,
    lockNow: countdown.lockNow,
    session: (event) => session(event, 'the system'),
    tick: ({ decision, point, hops }) => {
      presence.tick(hops);
      if (decision !== null) announcer.decision(decision);
      // At every tick: the state may be one that was there before the program was.
      countdown.decision(point.state);
    },
    // Where no lock can be seen there is no way to re-authenticate, and nobody must be shut out of their own settings.
    doubt: () => (inDoubt() && (!isKnown || watch?.lockAbility().available === true) ? DOUBT : null),
    refusal: () => {
      if (!isKnown) return 'Not before it is known whether the screen is locked. Try again in some seconds.';
      if (!unlocksSeen()) return untrusted(parts.point().trust) ?? (inDoubt() ? DOUBT : null);
      if (inDoubt()) return DOUBT;
      return nowMs() - passwordMs <= PASSWORD_HOLDS_MS ? null : PASSWORD_FIRST;
    },
    unlocksSeen,
    stop: async () => {
      stopped = true;
      await countdown.stop();
      await watch?.stop();
    },
  };
}

const DOUBT = 'Not while SecLyzer doubts that this is you. Lock the screen and unlock it with your password first.';

const PASSWORD_FIRST =
  'Show first that this is you: lock the screen and unlock it with your password. Then there are 10 min to do it.';

/** Where no unlocking can be seen. */
function untrusted(trust: number | null): string | null {
  if (trust !== null && trust >= TRUST_ENOUGH) return null;
  const now = trust === null ? 'there is no score now' : `it is ${Math.floor(trust)} now`;
  return `Here SecLyzer can't see the screen being unlocked, so a trust of ${TRUST_ENOUGH} or more has to stand in for the password, and ${now}. Work on for a while and try again.`;
}

const immature = (pipeline: Pipeline): string | null =>
  pipeline.mature() ? null : 'neither typing nor the mouse has been learned as well as a full enrolment makes it';

const never = (reason: string): Ability => ({ available: false, reason, fix: null });

function minutesOfDay(): number {
  const now = new Date();
  return 60 * now.getHours() + now.getMinutes();
}
