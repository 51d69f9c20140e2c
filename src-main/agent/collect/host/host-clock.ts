// Three clocks enter: one that stands still while the machine sleeps, one that counts on, and the one on the wall, which may be set.
// What leaves, reading by reading: the moment, and whether so much lies between it and the one before that nothing spans it.
import { uptime } from 'node:os';

export interface ClockReading {
  readonly timestampUs: number;
  /** Counts while the machine sleeps and is never set, milliseconds from any origin. */
  readonly steadyMs: number;
  /** Stands still while the machine sleeps. */
  readonly awakeMs: number;
  /** The machine has slept, or this process has not been let run for long. */
  readonly gap: boolean;
}

export interface HostClock {
  readonly read: () => ClockReading;
}

export interface Clocks {
  readonly awakeMs: () => number;
  readonly wallMs: () => number;
  /** Since the start of the machine, sleep included, seconds. */
  readonly uptimeS: () => number;
}

const SYSTEM: Clocks = { awakeMs: () => performance.now(), wallMs: Date.now, uptimeS: uptime };

/** Steps of the clocks and the time between reading one and the other stay far below it. */
const SLEPT_MS = 1500;

/** @param longestMs between two readings that belong together. */
export function createHostClock(longestMs: () => number, clocks: Clocks = SYSTEM): HostClock {
  let before: { readonly awakeMs: number; readonly upMs: number } | null = null;
  let sleptMs = 0;
  return {
    read: () => {
      const now = { awakeMs: clocks.awakeMs(), upMs: clocks.uptimeS() * 1000 };
      const awake = before === null ? 0 : now.awakeMs - before.awakeMs;
      const asleep = before === null ? 0 : now.upMs - before.upMs - awake;
      const slept = asleep > SLEPT_MS;
      if (slept) sleptMs += asleep;
      before = now;
      return {
        timestampUs: Math.round(clocks.wallMs() * 1000),
        steadyMs: now.awakeMs + sleptMs,
        awakeMs: now.awakeMs,
        gap: slept || awake > longestMs(),
      };
    },
  };
}
