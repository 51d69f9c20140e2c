// Recordings of one list in, decision windows out, cut as the protocol says: from the first event on, without overlap, the
// incomplete rest dropped. A window is made of pieces, between which no latency and no movement is built.
import type { InputEvent, KeystrokeEvent } from '../agent/events.ts';
import { activityClock } from '../agent/features/activity-clock.ts';
import type { DecisionWindow } from './detector.ts';
import type { WindowRule } from './protocol.ts';

type Rule<Unit extends WindowRule['unit']> = Extract<WindowRule, { readonly unit: Unit }>;

/**
 * @param recordings events of each file, in the order of the list.
 * @param size one of the rule's sizes: press events, words, or seconds of activity.
 */
export function cutDecisionWindows(
  recordings: readonly (readonly InputEvent[])[],
  rule: WindowRule,
  size: number,
): DecisionWindow[] {
  const lists = rule.across_files ? [recordings] : recordings.map((recording) => [recording]);
  return lists.flatMap((list) =>
    rule.unit === 'active_seconds' ? byActivity(list, rule, size) : byKeys(list, rule, size),
  );
}

/** A press with the release that belongs to it, wherever that lies. */
interface Keypress {
  readonly press: KeystrokeEvent;
  release: KeystrokeEvent | null;
  /** No latency is built from the press before to this one. */
  readonly apart: boolean;
}

function byKeys(
  list: readonly (readonly InputEvent[])[],
  { unit, max_gap_s }: Rule<'keystrokes' | 'words'>,
  size: number,
): DecisionWindow[] {
  const presses = list.flatMap((recording) => keypresses(recording, max_gap_s * 1e6));
  const windows: DecisionWindow[] = [];
  let [from, counted] = [0, 0];
  presses.forEach((pressed, i) => {
    if (unit === 'keystrokes' || endsWord(pressed, presses[i - 1])) counted += 1;
    if (counted < size) return;
    windows.push({ pieces: piecesOf(presses.slice(from, i + 1)), size });
    [from, counted] = [i + 1, 0];
  });
  return windows;
}

const SEPARATORS = new Set(['space', 'Return', 'KP_Enter']);
const endsWord = ({ press }: Keypress, before: Keypress | undefined): boolean =>
  SEPARATORS.has(press.key) && before !== undefined && !SEPARATORS.has(before.press.key);

/**
 * A release belongs to the last press of its key and goes where that goes, even beyond the next window's first press: with
 * rollover it would otherwise be lost. One without a press is left out.
 */
function keypresses(recording: readonly InputEvent[], maxGapUs: number): Keypress[] {
  const all: Keypress[] = [];
  const down = new Map<string, Keypress>();
  for (const event of recording) {
    if (event.type !== 'keystroke') continue;
    if (event.event === 'press') {
      const before = all.at(-1)?.press.ts;
      const pressed = { press: event, release: null, apart: before === undefined || event.ts - before > maxGapUs };
      all.push(pressed);
      down.set(event.key, pressed);
    } else {
      const pressed = down.get(event.key);
      if (pressed !== undefined) pressed.release = event;
      down.delete(event.key);
    }
  }
  return all;
}

function piecesOf(presses: readonly Keypress[]): KeystrokeEvent[][] {
  const pieces: KeystrokeEvent[][] = [];
  let piece: KeystrokeEvent[] = [];
  for (const { press, release, apart } of presses) {
    if (apart || piece.length === 0) pieces.push((piece = []));
    piece.push(press, ...(release === null ? [] : [release]));
  }
  return pieces.map((events) => events.sort((a, b) => a.ts - b.ts));
}

/** The clock runs while there is input: every gap counts for at most `idle_cap_s`, a joint of two files not at all. */
function byActivity(list: readonly (readonly InputEvent[])[], rule: Rule<'active_seconds'>, size: number) {
  const cut: DecisionWindow[] = [];
  let pieces: InputEvent[][] = [];
  const close = (): void => {
    const events = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (events >= rule.min_events) cut.push({ pieces: pieces.filter((piece) => piece.length > 0), size });
    pieces = [];
  };
  // Whole microseconds, so that no rounding moves an event over the edge of a window.
  const [sizeUs, capUs] = [Math.round(size * 1e6), Math.round(rule.idle_cap_s * 1e6)];
  const clock = activityClock(capUs);
  let endUs = sizeUs;
  for (const recording of list) {
    let piece: InputEvent[] = [];
    pieces.push(piece);
    clock.part();
    for (const event of recording) {
      for (const activeUs = clock.moveTo(event.ts); activeUs >= endUs; endUs += sizeUs) {
        close();
        pieces.push((piece = []));
      }
      piece.push(event);
    }
  }
  return cut;
}
