// One program on a bus that knows whether the screen is locked. In: how it tells, and how to ask it. Out: what it says, at the start
// and from then on, also when it or the bus has been away.
import type { Bus, Signal, SignalRule } from '../../dbus.ts';
import type { LockWay } from './lock-screen.ts';
import type { Testimony } from './lock-view.ts';

export interface WitnessParts {
  readonly bus: Bus;
  /** Its name on the bus. It is never started by asking: only one that runs knows anything. */
  readonly name: string;
  readonly rule: SignalRule;
  /** What its signal says; null when that is to be asked. */
  readonly word: (signal: Signal) => boolean | null;
  /** Rejects when it does not say. */
  readonly ask: () => Promise<boolean>;
  readonly report: (testimony: Omit<Testimony, 'by'>) => void;
  /** It may be restarted: until then its last word holds. */
  readonly graceMs: number;
}

export interface Witness {
  /** Whether it runs and answers. */
  readonly present: () => boolean;
  /** Asks it again; never rejects. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
}

/** A witness that can lock the screen too. */
export interface Locker extends Witness {
  /** null while there is nothing to ask. */
  readonly way: () => LockWay | null;
}

const BUS = 'org.freedesktop.DBus';
/** logind and the screen savers are back within a second or two when an update restarts them. */
export const GRACE_MS = 15_000;
/** One that has its name already may not answer yet; one that never answers is left alone after these. */
const AGAIN_AFTER_MS = [100, 500, 2000, 10_000];

/** @throws Error when the bus passes no signals on. */
export async function watchWitness(parts: WitnessParts): Promise<Witness> {
  const { bus, name, report, graceMs } = parts;
  let present = false;
  let stopped = false;
  // What is said first after it was away was not seen to happen.
  let found = true;
  let stale = false;
  let asking: Promise<void> | null = null;
  let tries = 0;
  let leaving: NodeJS.Timeout | undefined;
  let waiting: NodeJS.Timeout | undefined;

  const tell = (locked: boolean): void => {
    clearTimeout(leaving);
    present = true;
    tries = 0;
    const testimony = { locked, found };
    found = false;
    report(testimony);
  };
  const leave = (): void => {
    found = true;
    if (!present || stopped) return;
    present = false;
    leaving = setTimeout(() => report({ locked: null, found }), graceMs);
  };
  const askOnce = async (): Promise<void> => {
    let running = false;
    try {
      running = await bus.hasOwner(name);
      const locked = running ? await parts.ask() : null;
      if (stopped || stale) return;
      if (locked === null) leave();
      else tell(locked);
    } catch {
      // Whatever keeps it from answering, it says nothing.
      leave();
      const delayMs = AGAIN_AFTER_MS[tries];
      if (stopped || !running || delayMs === undefined) return;
      tries += 1;
      clearTimeout(waiting);
      waiting = setTimeout(() => void refresh(), delayMs);
    }
  };
  const askAll = async (): Promise<void> => {
    do {
      stale = false;
      await askOnce();
    } while (stale && !stopped);
    asking = null;
  };
  const refresh = (): Promise<void> => {
    // An answer that is under way may be older than what made us ask.
    stale = asking !== null;
    asking ??= askAll();
    return asking;
  };
  const hear = (signal: Signal): void => {
    // Any program may send one to this connection alone; of the others the bus has checked who sends them.
    if (signal.directed || stopped) return;
    const locked = present ? parts.word(signal) : null;
    if (locked !== null) tell(locked);
    if (locked === null || asking !== null) void refresh();
  };
  const changeOwner = (): void => {
    leave();
    tries = 0;
    void refresh();
  };
  const owners = { interface: BUS, member: 'NameOwnerChanged', sender: BUS, arg0: name };
  const listening = [await bus.onSignal(owners, changeOwner), await bus.onSignal(parts.rule, hear)];
  bus.onLost(leave);
  bus.onReconnect(changeOwner);
  await refresh();
  return {
    present: () => present,
    refresh,
    stop: () => {
      stopped = true;
      clearTimeout(leaving);
      clearTimeout(waiting);
      for (const end of listening) end();
    },
  };
}
