// Recordings of the mouse in, measured windows of activity out: what the prior is built from and what the mouse detector enrols with.
import type { InputEvent, MouseEvent } from '../agent/events.ts';
import { mouse79 } from '../agent/features/mouse-79.ts';
import type { MouseWindow } from '../agent/learn/mouse-profile.ts';

/** Gaps count for at most this, as in the protocols of the mouse recordings and in features/mouse-79.ts. */
const IDLE_CAP_S = 1;
/** Fewer events are no use of the mouse, as in the protocols. */
const MIN_EVENTS = 50;

export interface Activity {
  /** Windows in which three strokes or more were made. */
  readonly windows: readonly MouseWindow[];
  readonly activeS: number;
}

/** @param hopS from the start of one window to that of the next; the window's length gives windows that share nothing */
export function mouseActivityOf(
  recordings: readonly (readonly InputEvent[])[],
  seconds: number,
  hopS: number,
): Activity {
  const parts = recordings.map((recording) => {
    const events = recording.filter((event): event is MouseEvent => event.type === 'mouse');
    const clock = activityClock(events);
    return { windows: windowsIn(events, clock, seconds, hopS), activeS: clock.at(-1) ?? 0 };
  });
  return {
    windows: parts.flatMap(({ windows }) => windows),
    activeS: parts.reduce((sum, { activeS }) => sum + activeS, 0),
  };
}

/** Null below three strokes. */
export function measured(events: readonly MouseEvent[]): MouseWindow | null {
  const { vector, strokes } = mouse79(events);
  return vector === null ? null : { vector, strokes };
}

/** Seconds of activity until each event. */
function activityClock(events: readonly MouseEvent[]): Float64Array {
  const clock = new Float64Array(events.length);
  for (let i = 1; i < events.length; i += 1) {
    const gapS = ((events[i]?.ts ?? 0) - (events[i - 1]?.ts ?? 0)) / 1e6;
    clock[i] = (clock[i - 1] ?? 0) + Math.min(Math.max(gapS, 0), IDLE_CAP_S);
  }
  return clock;
}

function windowsIn(events: readonly MouseEvent[], clock: Float64Array, seconds: number, hopS: number): MouseWindow[] {
  const windows: MouseWindow[] = [];
  let [from, to] = [0, 0];
  for (let start = 0; start + seconds <= (clock.at(-1) ?? 0); start += hopS) {
    while ((clock[from] ?? Infinity) < start) from += 1;
    while ((clock[to] ?? Infinity) < start + seconds) to += 1;
    const window = to - from < MIN_EVENTS ? null : measured(events.slice(from, to));
    if (window !== null) windows.push(window);
  }
  return windows;
}
