// The desktop session of this user. In: the environment. Out: when its screen is locked and unlocked and when the machine sleeps, what
// can lock the screen, and the lock itself. Where there is nothing to watch it says why; it never fails.
import { connectBus, type Bus } from '../../dbus.ts';
import type { Ability } from '../../../src-preload/contract.ts';
import { messageOf } from '../thrown.ts';
import { afterRequest, hear, LOGIND, unseen, type LockEvent } from './lock-view.ts';
import { LOCK_LIMIT_MS, LOCKER_FIX, lockScreen, type LockOutcome } from './lock-screen.ts';
import { watchLogind } from './logind.ts';
import { watchElsewhere } from './other-systems.ts';
import { SCREEN_SAVERS, watchScreenSaver } from './screen-saver.ts';
import { GRACE_MS, type Locker } from './watch-witness.ts';

export type SessionEvent = LockEvent | 'suspending' | 'resumed';

export interface SessionParts {
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  /** What happens from now on; `by` stands in a sentence. What holds at the start `locked()` tells. */
  readonly onEvent: (event: SessionEvent, by: string) => void;
  /** `locked`, `idle` or `lockAbility` may answer otherwise. */
  readonly onChange: () => void;
  /** Whether this desktop has ever set LockedHint: then no screen saver's word counts beside it. */
  readonly knownLockedHint: boolean;
  readonly rememberLockedHint: () => void;
  /** How long a program that has gone may take to come back, and one to lock. */
  readonly graceMs?: number;
  readonly lockLimitMs?: number;
}

export interface SessionWatch {
  readonly lockAbility: () => Ability;
  readonly locked: () => boolean;
  /** Whether the desktop says that nobody is there; false also where it never says. */
  readonly idle: () => boolean;
  /** Which bus could not be reached, for a sentence; null when none is missing. */
  readonly missing: string | null;
  /** Never rejects. Takes seconds; further requests meanwhile share the answer. */
  readonly lock: () => Promise<LockOutcome>;
  readonly stop: () => Promise<void>;
}

export async function watchSession(parts: SessionParts): Promise<SessionWatch> {
  if (process.platform !== 'linux') return watchElsewhere(process.platform);
  const { env, pid, onChange, graceMs = GRACE_MS, lockLimitMs = LOCK_LIMIT_MS } = parts;
  let view = unseen(parts.knownLockedHint);
  let lockers: readonly Locker[] = [];
  let idle = false;
  let started = false;
  let locking: Promise<LockOutcome> | null = null;

  const tell = (event: SessionEvent, by: string): void => {
    if (started) parts.onEvent(event, by);
  };
  const witness = (by: string) => ({
    graceMs,
    report: ({ locked, found }: { readonly locked: boolean | null; readonly found: boolean }): void => {
      const [next, event] = hear(view, { by, locked, found });
      if (next.hintWorks && !view.hintWorks) parts.rememberLockedHint();
      view = next;
      if (event !== null) tell(event, by);
      if (started) onChange();
    },
  });
  const onIdle = (now: boolean): void => {
    const before = idle;
    idle = now;
    if (started && before !== now) onChange();
  };
  const clues = { pid, id: env['XDG_SESSION_ID'] ?? null, uid: process.getuid?.() ?? null };
  const [system, session] = await Promise.all([
    onBus('system', env, async (bus) => [
      await watchLogind({ bus, clues, ...witness(LOGIND), onIdle, onSleep: (event) => tell(event, LOGIND) }),
    ]),
    onBus('session', env, (bus) =>
      Promise.all(SCREEN_SAVERS.map((saver) => watchScreenSaver(saver, { bus, ...witness(saver.words) }))),
    ),
  ]);
  lockers = [...system.lockers, ...session.lockers];
  started = true;

  const ways = () => lockers.map(({ way }) => way()).filter((way) => way !== null);
  const lockAbility = (): Ability => {
    if (ways().length > 0) return { available: true, reason: null, fix: null };
    const troubles = [system.trouble, session.trouble].filter((trouble) => trouble !== null);
    const reason = 'nothing here can lock the screen: logind has no session of yours, and no screen saver is running';
    return { available: false, reason: [reason, ...troubles].join('; '), fix: LOCKER_FIX };
  };
  const lock = async (): Promise<LockOutcome> => {
    if (view.says.get(LOGIND) === true) return { locked: true, by: LOGIND };
    const { available, reason, fix } = lockAbility();
    if (!available) return { locked: false, reason: reason ?? '', fix: fix ?? '' };
    const refresh = () => Promise.all(lockers.map((locker) => locker.refresh()));
    const outcome = await lockScreen({ ways: ways(), view: () => view, refresh, limitMs: lockLimitMs });
    if (outcome.locked) view = afterRequest(view);
    return outcome;
  };
  return {
    lockAbility,
    locked: () => view.locked,
    idle: () => idle,
    missing: [system.trouble, session.trouble].filter((trouble) => trouble !== null).join('; ') || null,
    lock: () => {
      locking ??= lock().finally(() => (locking = null));
      return locking;
    },
    stop: async () => {
      started = false;
      for (const locker of lockers) locker.stop();
      await Promise.all([system.close(), session.close()]);
    },
  };
}

interface Watched {
  readonly lockers: readonly Locker[];
  /** Why there are none. */
  readonly trouble: string | null;
  readonly close: () => Promise<void>;
}

async function onBus(
  which: 'system' | 'session',
  env: NodeJS.ProcessEnv,
  watch: (bus: Bus) => Promise<readonly Locker[]>,
): Promise<Watched> {
  let bus: Bus | null = null;
  try {
    bus = await connectBus(which, env);
    return { lockers: await watch(bus), trouble: null, close: bus.close };
  } catch (error) {
    await bus?.close();
    return { lockers: [], trouble: messageOf(error), close: () => Promise.resolve() };
  }
}
