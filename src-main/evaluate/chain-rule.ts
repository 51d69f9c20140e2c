// What turns ticks into alarms: the product's own filter, or another rule that looks at the same scores.
import type { State } from '../../src-preload/contract.ts';
import type { Pipeline, Tick } from '../agent/pipeline.ts';

export interface Rule {
  /** To be asked once at each tick, in order. */
  readonly alarmed: (tick: Tick) => boolean;
  /** The owner has shown who he is, as he would by unlocking the screen: the alarm ends. */
  readonly reauthenticated: (atMs: number) => void;
}

export const isAlarm = (state: State): boolean => state === 'RESTRICTED' || state === 'LOCKDOWN';

export const productRule = (pipeline: Pick<Pipeline, 'reauthenticated'>): Rule => ({
  alarmed: ({ point }) => isAlarm(point.state),
  reauthenticated: (atMs) => void pipeline.reauthenticated(atMs),
});

/** Counts the alarms of a rule while the owner works; he ends each of them and works on. */
export function countAlarms(rule: Rule): { readonly see: (tick: Tick) => void; readonly count: () => number } {
  let alarms = 0;
  return {
    see: (tick) => {
      if (!rule.alarmed(tick)) return;
      alarms += 1;
      rule.reauthenticated(tick.point.atMs);
    },
    count: () => alarms,
  };
}

/**
 * Looks for the first alarm after a takeover.
 * @param fromUs when it happened; the owner ends alarms before it.
 * @returns of `alarmUs`: the time of that alarm, null while there is none.
 */
export function firstAlarm(
  rule: Rule,
  fromUs: number,
): { readonly see: (tick: Tick) => void; readonly alarmUs: () => number | null } {
  let foundUs: number | null = null;
  return {
    see: (tick) => {
      if (foundUs !== null || !rule.alarmed(tick)) return;
      const atUs = tick.point.atMs * 1000;
      if (atUs >= fromUs) foundUs = atUs;
      else rule.reauthenticated(tick.point.atMs);
    },
    alarmUs: () => foundUs,
  };
}
