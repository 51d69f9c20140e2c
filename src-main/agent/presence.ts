// Whether what comes in may be looked at: not while paused, not while the screen is locked (passwords are typed there), not while
// the machine goes to sleep. In: the user's pauses, the session's events. Out: yes or no, and what the dashboard says of it.
import * as v from 'valibot';
import { pause as pauseSchema, type Pause, type Snapshot } from '../../src-preload/contract.ts';
import type { Audit } from './audit.ts';
import type { SessionEvent } from './session/watch-session.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { Store } from './store/store.ts';

export interface PresenceParts {
  readonly store: Pick<Store, 'get' | 'set' | 'flush'>;
  readonly audit: Audit;
  readonly nowMs: () => number;
  /** Of a clock that is never set. */
  readonly steadyMs: () => number;
  /** What comes next is another sitting. */
  readonly interrupt: () => void;
  /** The password was typed. */
  readonly reauthenticated: () => void;
  /** What could not be written down. */
  readonly failed: (error: unknown) => void;
}

export interface Presence {
  readonly accepting: () => boolean;
  /**
   * The same of an event of a driver, by its own time in microseconds: the last keys of a password are told when the screen is open already, for the
   * drivers hand over what comes in now and then. Their times may be wrong by as much, so that what is told shortly after is not taken at all.
   */
  readonly takes: (atUs: number) => boolean;
  /** What has happened until now is not taken any more. */
  readonly cut: () => void;
  readonly view: () => Pick<Snapshot, 'paused' | 'screen'>;
  /** @param minutes null: until resumed. */
  readonly pause: (minutes: number | null) => void;
  readonly resume: () => void;
  readonly session: (event: SessionEvent, by: string) => void;
  /** Ends what has lasted long enough. @param hops of the settings that this tick stands for */
  readonly tick: (hops?: number) => void;
}

const KEY = 'pause';
const MINUTE_MS = 60_000;
/** A machine that ticks on for a minute is awake, whether or not it said so: ticks do not come while it sleeps. */
const AWAKE_AFTER_TICKS = 60_000_000 / DEFAULT_SETTINGS.hopUs;

/** As late as a driver tells something in the ordinary way, and some. */
const LATE_MS = 350;

export function createPresence(parts: PresenceParts): Presence {
  const { store, audit, nowMs, steadyMs, reauthenticated, failed } = parts;
  let cutMs = Number.NEGATIVE_INFINITY;
  let paused = stored(store.get(KEY));
  let screen: Snapshot['screen'] = 'open';
  let asleepTicks: number | null = null;

  const interrupt = (): void => {
    cutMs = steadyMs();
    parts.interrupt();
  };
  const setPause = (next: Pause | null): void => {
    paused = next;
    store.set(KEY, JSON.stringify(next));
    interrupt();
  };
  const resume = (text: string): void => {
    if (paused === null) return;
    setPause(null);
    audit('resume', text);
  };
  const wake = (): void => {
    if (asleepTicks === null) return;
    asleepTicks = null;
    interrupt();
    audit('wake', 'The machine woke up.');
  };
  const happened: Record<SessionEvent, (by: string) => void> = {
    locked: (by) => {
      if (screen === 'locked') return;
      screen = 'locked';
      interrupt();
      audit('lock', `The screen was locked (${by}).`);
    },
    unlocked: (by) => {
      screen = 'open';
      interrupt();
      audit('unlock', `The screen was unlocked (${by}): trust starts anew.`);
      reauthenticated();
    },
    // The screen is open, but nobody showed who they are: trust stays as it was.
    opened: (by) => {
      if (screen === 'open') return;
      screen = 'open';
      interrupt();
      audit('unlock', `The screen is open again, without a password (${by}).`);
    },
    suspending: () => {
      asleepTicks = 0;
      interrupt();
      audit('sleep', 'The machine went to sleep.');
      // The battery may not last until it wakes.
      try {
        store.flush();
      } catch (error) {
        failed(error);
      }
    },
    resumed: wake,
  };
  const accepting = (): boolean => paused === null && screen === 'open' && asleepTicks === null;
  return {
    accepting,
    takes: (atUs) => {
      if (!accepting()) return false;
      const presentMs = steadyMs();
      // On the clock that is never set: how long ago it was is the same on both.
      return presentMs - cutMs > LATE_MS && atUs / 1000 - nowMs() + presentMs >= cutMs;
    },
    cut: interrupt,
    view: () => ({ paused, screen }),
    pause: (minutes) => {
      const sinceMs = Math.round(nowMs());
      setPause({ sinceMs, untilMs: minutes === null ? null : sinceMs + minutes * MINUTE_MS });
      audit('pause', minutes === null ? 'Paused until resumed.' : `Paused for ${minutes} min.`);
    },
    resume: () => resume('Resumed.'),
    session: (event, by) => happened[event](by),
    tick: (hops = 1) => {
      if (paused !== null && paused.untilMs !== null && nowMs() >= paused.untilMs) resume('The pause is over.');
      if (asleepTicks === null) return;
      asleepTicks += hops;
      if (asleepTicks >= AWAKE_AFTER_TICKS) wake();
    },
  };
}

/** A pause outlasts the process: who paused until resumed did not mean until the next crash. */
function stored(text: string | null): Pause | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.nullable(pauseSchema)), text);
  return parsed.success ? parsed.output : null;
}
