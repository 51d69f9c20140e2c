// Events as they come in; out, how many of them a minute of use brings: what turns "so many are missing" into time.
import type { Modality } from '../../src-preload/contract.ts';

export interface Pace {
  /** @param count of events since the last call. */
  readonly seen: (nowUs: number, count: number) => void;
  readonly perMinute: () => number;
}

/** Before there is anything to go by: 30 words a minute with pauses, and a movement every three seconds. */
export const USUAL_PER_MINUTE = { keystroke: 150, mouse: 20, app: 2, linguistic: 30 } as const satisfies Record<
  Modality,
  number
>;

/** A longer pause is no use: somebody thinks, reads or is away. */
const LONGEST_PAUSE_MIN = 0.5;
/** Use further back hardly counts: minutes after which it counts for a third. */
const MEMORY_MIN = 15;
/** So much of the usual pace is assumed at the start, so that the first seconds promise nothing absurd. */
const ASSUMED_MIN = 2;

/** @param longestPauseMin between two calls with events; what lies beyond is not counted as use. */
export function paceOf(usualPerMinute: number, longestPauseMin = LONGEST_PAUSE_MIN): Pace {
  let [events, minutes] = [ASSUMED_MIN * usualPerMinute, ASSUMED_MIN];
  let lastUs: number | null = null;
  return {
    seen: (nowUs, count) => {
      const since = lastUs === null ? 0 : Math.max(0, nowUs - lastUs) / 60e6;
      if (count === 0) return;
      lastUs = nowUs;
      const used = Math.min(since, longestPauseMin);
      const kept = Math.exp(-used / MEMORY_MIN);
      [events, minutes] = [kept * events + count, kept * minutes + used];
    },
    perMinute: () => events / minutes,
  };
}
