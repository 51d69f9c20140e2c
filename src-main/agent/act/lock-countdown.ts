// From LOCKDOWN to a locked screen. In: decisions, re-authentication, the user's wish to lock now. Out: ten seconds in which the owner
// can show who they are, then the lock; and a line in the audit log for every step of it. Knows nothing of how a screen is locked.
import type { Notice, State } from '../../../src-preload/contract.ts';
import type { LockOutcome } from '../session/lock-screen.ts';
import { messageOf } from '../thrown.ts';

export interface LockCountdownParts {
  /** Whether the user has turned it on. */
  readonly enabled: () => boolean;
  /** Why the screen must not be locked now, for a sentence; null when it may. */
  readonly allowed: () => string | null;
  readonly lock: () => Promise<LockOutcome>;
  readonly audit: (kind: 'countdown' | 'lock' | 'lock-failed', text: string) => void;
  readonly tell: (level: Notice['level'], text: string) => void;
  /** `deadline` answers otherwise than before. */
  readonly changed: () => void;
  readonly nowMs: () => number;
  /** Runs once, later; the answer takes it back. */
  readonly setTimer?: (run: () => void, delayMs: number) => () => void;
}

export interface LockCountdown {
  /** A change of state, or at each tick the state that still holds: a restart of the program is no way around the lock. */
  readonly decision: (to: State) => void;
  /** The only way to end a countdown: the screen was unlocked with the password. */
  readonly reauthenticated: () => void;
  /** What had locked the screen has gone without a password: while trust is still that low, the countdown starts anew. */
  readonly opened: () => void;
  /** Locks at once, with or without a countdown. @throws Error with reason and fix when nothing locked. */
  readonly lockNow: () => Promise<void>;
  /** When the countdown ends, in milliseconds since the Unix epoch; null without one. A lock that failed is tried again unseen. */
  readonly deadline: () => number | null;
  /** The program ends. During a countdown that locks at once: to quit is no way around it. Never rejects. */
  readonly stop: () => Promise<void>;
}

const COUNTDOWN_MS = 10_000;
/**
 * A lock that failed is tried again while trust is still that low: the screen locker may have been starting, and an intruder who
 * could end it for a moment must not have won for good. Ever more rarely, for a desktop that cannot lock will not learn it.
 */
export const RETRY_MS = { first: 30_000, last: 600_000 } as const;

export function createLockCountdown(parts: LockCountdownParts): LockCountdown {
  const { audit, tell, changed, nowMs, setTimer = timer } = parts;
  let state: State | null = null;
  let pending: { readonly atMs: number; readonly retry: boolean; readonly cancel: () => void } | null = null;
  let locking: Promise<LockOutcome> | null = null;
  /** Why there is no lock though there should be one; the next tick may know better. */
  let refusal: string | null = null;
  let refusalTold: string | null = null;
  let retryMs: number = RETRY_MS.first;
  let failedBefore: string | null = null;
  let stopped = false;

  const schedule = (delayMs: number, retry: boolean): void => {
    const cancel = setTimer(() => void lockPending(), delayMs);
    pending = { atMs: nowMs() + delayMs, retry, cancel };
    changed();
  };
  const clear = (): void => {
    pending?.cancel();
    pending = null;
    changed();
  };
  const giveUp = (): void => {
    audit('countdown', 'The lock is not tried again: trust is better.');
    clear();
  };
  const attempt = async (): Promise<LockOutcome> => {
    const outcome = await parts.lock().catch(failure);
    const said = outcome.locked ? `SecLyzer locked the screen (${outcome.by}).` : sentence(outcome);
    if (outcome.locked) audit('lock', said);
    else if (said !== failedBefore) audit('lock-failed', said);
    failedBefore = outcome.locked ? null : said;
    return outcome;
  };
  const attemptOnce = (): Promise<LockOutcome> => {
    locking ??= attempt().finally(() => (locking = null));
    return locking;
  };
  /** Locks for the sake of a countdown, which stays in force until the screen is locked or somebody has re-authenticated. */
  const lockPending = async (): Promise<LockOutcome> => {
    const inForce = pending;
    inForce?.cancel();
    const outcome = await attemptOnce();
    if (pending === null || pending !== inForce) return outcome;
    if (outcome.locked || stopped) clear();
    else if (state === 'LOCKDOWN') {
      tell('error', `${sentence(outcome)} SecLyzer tries again, ever more rarely.`);
      schedule(retryMs, true);
      retryMs = Math.min(2 * retryMs, RETRY_MS.last);
    } else {
      tell('error', sentence(outcome));
      giveUp();
    }
    return outcome;
  };
  const refuse = (why: string): void => {
    if (why === refusal) return;
    refusal = why;
    const text = `Trust is very low, but the screen is not locked: ${bare(why)}.`;
    audit('countdown', text);
    if (why !== refusalTold) tell('warning', text);
    refusalTold = why;
  };
  const enter = (): void => {
    // A countdown goes on whatever the state does meanwhile.
    if (pending !== null || !parts.enabled()) return;
    const why = parts.allowed();
    if (why !== null) return refuse(why);
    [refusal, refusalTold] = [null, null];
    retryMs = RETRY_MS.first;
    audit(
      'countdown',
      `Trust is very low: the screen is locked in ${COUNTDOWN_MS / 1000} s unless it is unlocked before.`,
    );
    schedule(COUNTDOWN_MS, false);
  };

  return {
    decision: (to) => {
      const before = state;
      state = to;
      if (stopped) return;
      if (to !== 'LOCKDOWN') refusal = null;
      else if (before !== 'LOCKDOWN' || refusal !== null) enter();
      if (to !== 'LOCKDOWN' && pending?.retry === true) giveUp();
    },
    reauthenticated: () => {
      state = null;
      if (pending === null) return;
      audit('countdown', 'The countdown to the lock has ended: the screen was unlocked.');
      clear();
    },
    opened: () => {
      if (state === 'LOCKDOWN' && !stopped) enter();
    },
    lockNow: async () => {
      const outcome = await (pending === null ? attemptOnce() : lockPending());
      if (!outcome.locked) throw new Error(sentence(outcome));
    },
    deadline: () => (pending === null || pending.retry ? null : pending.atMs),
    stop: async () => {
      stopped = true;
      if (pending === null) return;
      audit('countdown', 'SecLyzer is quitting during a countdown to the lock: the screen is locked now.');
      await lockPending();
    },
  };
}

const failure = (error: unknown): LockOutcome => ({
  locked: false,
  reason: messageOf(error),
  fix: 'Lock the screen by hand.',
});

const sentence = (outcome: LockOutcome): string =>
  outcome.locked ? '' : `The screen could not be locked: ${bare(outcome.reason)}. ${bare(outcome.fix)}.`;

/** Reasons come with and without a full stop. */
const bare = (text: string): string => text.replace(/\.$/, '');

function timer(run: () => void, delayMs: number): () => void {
  const pending = setTimeout(run, delayMs);
  return () => clearTimeout(pending);
}
