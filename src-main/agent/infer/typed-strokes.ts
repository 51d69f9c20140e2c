// Keystroke events in, one at a time; out: strokes, each announced when its key goes down and again when it comes up.
// Which key it was stays here: the names of the keys that are down now and of the two pressed last, and nothing older.
import type { KeystrokeEvent } from '../events.ts';

export interface TypedPress {
  readonly change: 'press';
  /** Counts the strokes that {@link TypedPress.differs}. */
  readonly stroke: number;
  readonly atUs: number;
  /** Since the press before, whichever key that was; NaN for the first. */
  readonly intervalMs: number;
  /**
   * The key is none of the two before it. One key tapped again and again, or two in turn, is done by hand as evenly as by a
   * machine, and a key held down repeats; neither tells anything.
   */
  readonly differs: boolean;
}

export interface TypedRelease {
  readonly change: 'release';
  /** Of its press. */
  readonly stroke: number;
  readonly differs: boolean;
  readonly holdMs: number;
  /** Another key went down before this one came up. */
  readonly rollover: boolean;
}

export interface TypedStrokes {
  /** null for a repetition of a key that is held down, and for a release without a press. */
  readonly accept: (event: KeystrokeEvent) => TypedPress | TypedRelease | null;
  readonly reset: () => void;
}

/** The longest wait before auto-repeat starts: 660 ms under X, 1 s under Windows. */
const MAX_REPEAT_WAIT_US = 1_000_000;
/** More fingers than anybody has: what is beyond are presses whose release was lost. */
const MAX_DOWN = 20;

interface DownKey {
  readonly stroke: number;
  readonly differs: boolean;
  readonly press: number;
  readonly pressUs: number;
  lastUs: number;
}

export function createTypedStrokes(): TypedStrokes {
  const down = new Map<string, DownKey>();
  let [last, beforeLast] = ['', ''];
  let lastPressUs = Number.NaN;
  let presses = 0;
  let strokes = 0;

  const press = (key: string, ts: number): TypedPress | null => {
    const held = down.get(key);
    if (held !== undefined && key === last && ts - held.lastUs <= MAX_REPEAT_WAIT_US) {
      held.lastUs = ts;
      return null;
    }
    const differs = key !== last && key !== beforeLast;
    [last, beforeLast] = [key, last];
    const intervalMs = (ts - lastPressUs) / 1000;
    lastPressUs = ts;
    presses += 1;
    if (differs) strokes += 1;
    const oldest = down.size >= MAX_DOWN ? down.keys().next().value : undefined;
    if (oldest !== undefined) down.delete(oldest);
    down.delete(key);
    down.set(key, { stroke: strokes, differs, press: presses, pressUs: ts, lastUs: ts });
    return { change: 'press', stroke: strokes, atUs: ts, intervalMs, differs };
  };

  const release = (key: string, ts: number): TypedRelease | null => {
    const held = down.get(key);
    if (held === undefined) return null;
    down.delete(key);
    const { stroke, differs, pressUs } = held;
    return { change: 'release', stroke, differs, holdMs: (ts - pressUs) / 1000, rollover: held.press !== presses };
  };

  return {
    accept: ({ key, event, ts }) => (event === 'press' ? press(key, ts) : release(key, ts)),
    reset: () => {
      down.clear();
      [last, beforeLast] = ['', ''];
      lastPressUs = Number.NaN;
    },
  };
}
