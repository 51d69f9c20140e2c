// Pairs presses with releases. In: keystroke events in time order. Out: one stroke per key press, as columns.
import type { KeystrokeEvent } from '../events.ts';
import { at } from './distribution.ts';
import { classOf, ROLE } from './key-classes.ts';

/** A hold beyond this is a lost release or a key held down on purpose; its length is then unknown. */
export const MAX_HOLD_MS = 5000;
/** Beyond this the typist has stopped: flights and digraphs are built only up to here, and rhythm calls it a pause. */
export const MAX_LATENCY_MS = 1000;
/** No latency at all is built across a longer gap (`max_gap_s` of the recordings' protocols). */
export const MAX_GAP_MS = 5000;
/** The longest wait before auto-repeat starts: 660 ms under X, 1 s under Windows. */
const MAX_REPEAT_WAIT_MS = 1000;

/** Columns of equal length, one row per stroke, in the order of the presses. */
export interface KeyStrokes {
  readonly count: number;
  /** Since the first event. */
  readonly pressMs: Float64Array;
  /** NaN where the release is missing or came after {@link MAX_HOLD_MS}. */
  readonly holdMs: Float64Array;
  /**
   * Press to the press of the next stroke; NaN where either is a modifier (its timing follows other rules), where the clock
   * went backwards, or beyond {@link MAX_LATENCY_MS}.
   */
  readonly nextMs: Float64Array;
  readonly role: Uint8Array;
  readonly finger: Uint8Array;
  readonly letter: Uint8Array;
}

interface OpenKey {
  readonly stroke: number;
  lastPressMs: number;
}

/**
 * Copes with rollover (releases interleave with later presses), lost releases, releases whose press lies before the window
 * (ignored) and auto-repeat (a press of the key that was pressed last and is still down is no new stroke).
 */
export function keyStrokes(events: readonly KeystrokeEvent[]): KeyStrokes {
  const columns = emptyColumns(events.length);
  const open = new Map<string, OpenKey>();
  const startUs = events[0]?.ts ?? 0;
  let count = 0;
  let repeating = '';
  for (const { ts, key, event } of events) {
    const nowMs = (ts - startUs) / 1000;
    const down = open.get(key);
    if (event === 'release') {
      if (down !== undefined) closeStroke(columns, down.stroke, nowMs);
      open.delete(key);
    } else if (down !== undefined && repeating === key && nowMs - down.lastPressMs <= MAX_REPEAT_WAIT_MS) {
      down.lastPressMs = nowMs;
    } else {
      const { role, finger, letter } = classOf(key);
      columns.pressMs[count] = nowMs;
      columns.role[count] = role;
      columns.finger[count] = finger;
      columns.letter[count] = letter;
      open.set(key, { stroke: count, lastPressMs: nowMs });
      // Systems repeat the key that was pressed last; modifiers neither repeat nor stop another key from repeating.
      if (!isModifier(role)) repeating = key;
      count += 1;
    }
  }
  return trim(columns, count);
}

export const isModifier = (role: number | undefined): boolean => role === ROLE.shift || role === ROLE.modifier;

const emptyColumns = (rows: number) => ({
  pressMs: new Float64Array(rows),
  holdMs: new Float64Array(rows).fill(Number.NaN),
  role: new Uint8Array(rows),
  finger: new Uint8Array(rows),
  letter: new Uint8Array(rows),
});
type Columns = ReturnType<typeof emptyColumns>;

function closeStroke(columns: Columns, stroke: number, releaseMs: number): void {
  const holdMs = releaseMs - at(columns.pressMs, stroke);
  if (holdMs > 0 && holdMs <= MAX_HOLD_MS) columns.holdMs[stroke] = holdMs;
}

function trim(columns: Columns, count: number): KeyStrokes {
  const pressMs = columns.pressMs.subarray(0, count);
  const role = columns.role.subarray(0, count);
  const nextMs = new Float64Array(count).fill(Number.NaN);
  for (let i = 0; i + 1 < count; i += 1) {
    const latencyMs = at(pressMs, i + 1) - at(pressMs, i);
    if (latencyMs < 0 || latencyMs > MAX_LATENCY_MS || isModifier(role[i]) || isModifier(role[i + 1])) continue;
    nextMs[i] = latencyMs;
  }
  const holdMs = columns.holdMs.subarray(0, count);
  const finger = columns.finger.subarray(0, count);
  return { count, pressMs, holdMs, nextMs, role, finger, letter: columns.letter.subarray(0, count) };
}
