// What surrounds each stroke. In: mouse events in time order. Out: shapes, each with the pause before it, the click it ends in and
// whether a button was held; and every press with the length of its hold.
import type { MouseEvent } from '../events.ts';
import { shapesOf, type MovementShape, type ShapesOf } from './movement-shapes.ts';
import { STROKE_GAP_MS } from './strokes.ts';

export interface Movement {
  readonly shape: MovementShape;
  /** From the mouse event before, at most 3 s; NaN for the first movement of the window. */
  readonly pauseS: number;
  readonly drag: boolean;
  /** From the last move to the press, under 1.5 s; NaN where no press follows. */
  readonly settleS: number;
  /** Of that press, under 1 s; NaN where there is none. */
  readonly holdS: number;
}

export interface Press {
  readonly ts: number;
  /** NaN when the release is not in the window. */
  readonly holdS: number;
}

export interface MouseUse {
  readonly movements: readonly Movement[];
  readonly presses: readonly Press[];
}

const MAX_PAUSE_S = 3;
const MAX_SETTLE_S = 1.5;
const MAX_HOLD_S = 1;
/** A longer hold is a release that was lost. */
const MAX_DRAG_S = 10;

/**
 * A press, a release, a rest of {@link STROKE_GAP_MS} and a clock that goes backwards end a movement; the wheel does not.
 * @param shapes what makes the shapes, where they are remembered
 */
export function mouseUse(events: readonly MouseEvent[], shapes: ShapesOf = shapesOf): MouseUse {
  const holds = holdsOf(events);
  const movements: Movement[] = [];
  const presses: Press[] = [];
  /** Of the first and of the last move so far; -1 between two movements. */
  let [first, last] = [-1, -1];
  let lastUs = Number.NaN;
  let downUntil = -1;
  const finish = (next: number): void => {
    if (first >= 0) addMovements(movements, shapes, { events, holds, first, last, next, drag: first < downUntil });
    [first, last, lastUs] = [-1, -1, Number.NaN];
  };
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i];
    if (event === undefined || event.event === 'scroll') continue;
    const gapUs = event.ts - lastUs;
    if (event.event !== 'move' || gapUs < 0 || gapUs >= STROKE_GAP_MS * 1000) finish(i);
    if (event.event === 'move') {
      if (first < 0) first = i;
      [last, lastUs] = [i, event.ts];
    } else if (event.event === 'press') {
      const release = holds.get(i);
      presses.push({ ts: event.ts, holdS: holdOf(events, holds, i) });
      if (release !== undefined && secondsBetween(event, events[release]) < MAX_DRAG_S) {
        downUntil = Math.max(downUntil, release);
      }
    }
  }
  finish(events.length);
  return { movements, presses };
}

interface Piece {
  readonly events: readonly MouseEvent[];
  readonly holds: ReadonlyMap<number, number>;
  /** Index of the first and of the last move, and of the event that ended the movement. */
  readonly first: number;
  readonly last: number;
  readonly next: number;
  readonly drag: boolean;
}

/** One stroke as a rule; a pointer that jumped makes several, of which the first follows the pause and the last has the click. */
function addMovements(to: Movement[], shapes: ShapesOf, { events, holds, first, last, next, drag }: Piece): void {
  const strokes = shapes(events, first, last + 1);
  const before = events[first - 1];
  const pauseS =
    before === undefined ? Number.NaN : Math.min(Math.max(secondsBetween(before, events[first]), 0), MAX_PAUSE_S);
  const press = events[next]?.event === 'press' ? secondsBetween(events[last], events[next]) : Number.NaN;
  const clicked = press < MAX_SETTLE_S;
  const heldS = clicked ? holdOf(events, holds, next) : Number.NaN;
  for (const [k, shape] of strokes.entries()) {
    const ends = k === strokes.length - 1;
    to.push({
      shape,
      pauseS: k === 0 ? pauseS : Number.NaN,
      drag,
      settleS: ends && clicked ? press : Number.NaN,
      holdS: ends && heldS < MAX_HOLD_S ? heldS : Number.NaN,
    });
  }
}

/** Index of each press's release: the next one of its button. A second press without release takes the first one's place. */
function holdsOf(events: readonly MouseEvent[]): Map<number, number> {
  const holds = new Map<number, number>();
  const open = new Map<string, number>();
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i];
    if (event?.event === 'press') open.set(event.button, i);
    if (event?.event !== 'release') continue;
    const press = open.get(event.button);
    if (press !== undefined) holds.set(press, i);
    open.delete(event.button);
  }
  return holds;
}

function holdOf(events: readonly MouseEvent[], holds: ReadonlyMap<number, number>, press: number): number {
  const release = holds.get(press);
  return release === undefined ? Number.NaN : secondsBetween(events[press], events[release]);
}

const secondsBetween = (a: MouseEvent | undefined, b: MouseEvent | undefined): number =>
  ((b?.ts ?? Number.NaN) - (a?.ts ?? Number.NaN)) / 1e6;
