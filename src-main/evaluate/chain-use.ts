// Events in, how much use of keyboard or mouse they are out: time and actions.
import type { InputEvent } from '../agent/events.ts';
import { mouseStrokes } from '../agent/features/strokes.ts';
import type { Detector } from './detector.ts';

export interface Use {
  /** Key presses, or movements of the mouse as features/strokes.ts cuts them. */
  readonly actions: number;
  /** Of the recording's clock from the first event on, pauses of over a minute counting as one. */
  readonly seconds: number;
}

const LONGEST_PAUSE_US = 60_000_000;

/** @param untilUs an event of this time is the last that counts, and seconds run until then. */
export function countUse(events: readonly InputEvent[], modality: Detector['modality'], untilUs?: number): Use {
  const counted = untilUs === undefined ? events : events.filter(({ ts }) => ts <= untilUs);
  const waitUs = untilUs === undefined ? 0 : untilUs - (counted.at(-1)?.ts ?? untilUs);
  const actions =
    modality === 'keystroke'
      ? counted.filter((event) => event.type === 'keystroke' && event.event === 'press').length
      : mouseStrokes(counted.filter((event) => event.type === 'mouse')).length;
  return { actions, seconds: (clockUs(counted) + Math.min(waitUs, LONGEST_PAUSE_US)) / 1e6 };
}

/** The first events, until so much time of use has passed. */
export function usedUntil(events: readonly InputEvent[], useUs: number): readonly InputEvent[] {
  let [clock, lastUs] = [0, events[0]?.ts ?? 0];
  const end = events.findIndex(({ ts }) => {
    clock += Math.min(ts - lastUs, LONGEST_PAUSE_US);
    lastUs = ts;
    return clock > useUs;
  });
  return end < 0 ? events : events.slice(0, end);
}

function clockUs(events: readonly InputEvent[]): number {
  let [clock, lastUs] = [0, events[0]?.ts ?? 0];
  for (const { ts } of events) {
    clock += Math.min(ts - lastUs, LONGEST_PAUSE_US);
    lastUs = ts;
  }
  return clock;
}
