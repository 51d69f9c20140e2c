// Application habits. In: focus events in time order. Out: the switches from one application to another.
import type { AppEvent } from '../events.ts';

export interface AppTransition {
  readonly from: string;
  readonly to: string;
  /** How long `from` had the focus, at most {@link MAX_DWELL_MS}. */
  readonly dwellMs: number;
  /** Hour of the day at the switch, 0-23, in the time zone of `hourOf`. */
  readonly hour: number;
}

/** A longer stay is absence more often than work, and one night must not outweigh a month of use. */
export const MAX_DWELL_MS = 30 * 60_000;

const US_PER_MINUTE = 60_000_000;

/**
 * Focus that returns to the application which has it already (another of its windows, a repeated event) is no switch.
 * Events whose time lies before their predecessor's are left out.
 * @param hourOf hour of the day, 0-23, of a time in microseconds since the epoch
 * @throws RangeError when `hourOf` gives anything else
 */
export function appTransitions(events: readonly AppEvent[], hourOf: (tsUs: number) => number): AppTransition[] {
  const transitions: AppTransition[] = [];
  let current = events[0];
  for (const event of events) {
    if (current === undefined || event.app_name === current.app_name || event.ts < current.ts) continue;
    const hour = hourOf(event.ts);
    if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw new RangeError(`hour ${hour} is not between 0 and 23`);
    const dwellMs = Math.min((event.ts - current.ts) / 1000, MAX_DWELL_MS);
    transitions.push({ from: current.app_name, to: event.app_name, dwellMs, hour });
    current = event;
  }
  return transitions;
}

/** Hour of the day at a fixed distance from UTC. @param offsetMinutes east of Greenwich is positive */
export function hourAtOffset(offsetMinutes: number): (tsUs: number) => number {
  return (tsUs) => {
    const minutes = Math.floor(tsUs / US_PER_MINUTE) + offsetMinutes;
    return ((Math.floor(minutes / 60) % 24) + 24) % 24;
  };
}
