// One recording of typing in, the same keys at other times out: what a change that nobody recorded would look like.
import type { InputEvent, KeystrokeEvent } from '../agent/events.ts';

/** Seconds as they were in, as they are to be out. */
export interface Retiming {
  readonly hold: (s: number, key: string) => number;
  /** From a press to the next one. */
  readonly interval: (s: number, first: string, second: string) => number;
}

/** Events of the mouse and of applications are left out. The first press stays where it is. */
export function retimed(events: readonly InputEvent[], { hold, interval }: Retiming): KeystrokeEvent[] {
  const down = new Map<string, { readonly fromUs: number; readonly toUs: number }>();
  let last: { readonly key: string; readonly fromUs: number; readonly toUs: number } | null = null;
  const moved = events.flatMap((event): KeystrokeEvent[] => {
    if (event.type !== 'keystroke') return [];
    if (event.event === 'press') {
      const toUs: number =
        last === null
          ? event.ts
          : last.toUs + microseconds(interval((event.ts - last.fromUs) / 1e6, last.key, event.key));
      last = { key: event.key, fromUs: event.ts, toUs };
      down.set(event.key, last);
      return [{ ...event, ts: toUs }];
    }
    const pressed = down.get(event.key);
    down.delete(event.key);
    if (pressed === undefined) return [];
    return [{ ...event, ts: pressed.toUs + microseconds(hold((event.ts - pressed.fromUs) / 1e6, event.key)) }];
  });
  return moved.toSorted((a, b) => a.ts - b.ts);
}

const microseconds = (s: number): number => Math.max(0, Math.round(s * 1e6));
