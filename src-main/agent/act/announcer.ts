// Enters: changes of state and coming locks, as they happen. Leaves: the notifications that are worth interrupting somebody for.
import type { Decision, Notification, State, UserSettings } from '../../../src-preload/contract.ts';
import { badness, isQuiet, isRecovery, lockNotification, notificationFor } from './notification.ts';

export interface AnnouncerParts {
  readonly settings: () => UserSettings['notifications'];
  readonly show: (notification: Notification) => void;
  readonly nowMs: () => number;
  /** Minutes since local midnight. */
  readonly localMinutes: () => number;
}

export interface Announcer {
  readonly decision: (decision: Decision) => void;
  /** Something else worth an interruption; off and quiet hours hold for it too. */
  readonly other: (notification: Notification) => void;
  /** Always shown, once for each `atMs`: whoever turned locking on must see it come. */
  readonly locking: (atMs: number) => void;
}

interface Told {
  readonly atMs: number;
  readonly state: State;
}

/** A state is told once in this time. */
const SAME_STATE_MS = 60_000;
/** And so many notifications at most in this one; trust that swings to and fro is not worth more of them. */
const MOST = 6;
const MOST_IN_MS = 600_000;

export function createAnnouncer({ settings, show, nowMs, localMinutes }: AnnouncerParts): Announcer {
  let told: readonly Told[] = [];
  let heldBack = 0;
  let lockToldMs: number | null = null;

  const announce = (decision: Decision): void => {
    const { enabled, recovery, quiet } = settings();
    // What the user does not want is not missing.
    if (!enabled) heldBack = 0;
    if (!enabled || (isRecovery(decision) && !recovery)) return;
    const notification = notificationFor(decision);
    if (notification === null) return;
    const now = nowMs();
    told = within(told, now, MOST_IN_MS);
    if (isQuiet(quiet, localMinutes()) || isTooMuch(told, decision.to, now)) {
      heldBack += 1;
      return;
    }
    told = [...told, { atMs: now, state: decision.to }];
    show(withHeldBack(notification, heldBack));
    heldBack = 0;
  };

  const locking = (atMs: number): void => {
    if (atMs === lockToldMs) return;
    lockToldMs = atMs;
    show(lockNotification(atMs, nowMs()));
  };

  const other = (notification: Notification): void => {
    const { enabled, quiet } = settings();
    if (enabled && !isQuiet(quiet, localMinutes())) show(notification);
  };

  return { decision: announce, other, locking };
}

/** A state worse than all that were told lately is never too much. */
function isTooMuch(told: readonly Told[], state: State, nowMs: number): boolean {
  if (told.every((earlier) => badness(state) > badness(earlier.state))) return false;
  return told.length >= MOST || within(told, nowMs, SAME_STATE_MS).some((earlier) => earlier.state === state);
}

/** A clock that was set back leaves entries in the future; those count for as long as any other. */
const within = (told: readonly Told[], nowMs: number, spanMs: number): readonly Told[] =>
  told.filter(({ atMs }) => Math.abs(nowMs - atMs) < spanMs);

function withHeldBack(notification: Notification, heldBack: number): Notification {
  if (heldBack === 0) return notification;
  const changes = heldBack === 1 ? '1 change before this one was' : `${heldBack} changes before this one were`;
  return { ...notification, body: `${notification.body}\n${changes} not shown.` };
}
