// What surrounds each stroke. In: mouse events in time order. Out: shapes, each with the pause before it, the click it ends in and
// whether a button was held; every press with the length of its hold; and the rests in between.
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

/** Times between two events that are longer than those of a movement, up to a second each, and what all times add up to. */
export interface Rests {
  readonly activeS: number;
  readonly restS: number;
  readonly longRests: number;
  /** Seconds. */
  readonly each: readonly number[];
}

export interface MouseUse {
  readonly movements: readonly Movement[];
  readonly presses: readonly Press[];
  readonly rests: Rests;
}

const MAX_PAUSE_S = 3;
const MAX_SETTLE_S = 1.5;
const MAX_HOLD_S = 1;
/** A longer hold is a release that was lost. */
const MAX_DRAG_S = 10;
const IDLE_CAP_S = 1;
const GAP_S = STROKE_GAP_MS / 1000;
const LONG_REST_S = 0.4;

/** Places of the first and of the last move, and of the event that ended the movement. */
interface Piece {
  readonly first: number;
  readonly last: number;
  readonly next: number;
}

interface Button {
  readonly press: number;
  /** -1 when it is not in the window. */
  release: number;
  holdS: number;
}

/**
 * A press, a release, a rest of {@link STROKE_GAP_MS} and a clock that goes backwards end a movement; the wheel does not.
 * @param shapes what makes the shapes, where they are remembered
 */
export function mouseUse(events: readonly MouseEvent[], shapes: ShapesOf = shapesOf): MouseUse {
  const { pieces, buttons, rests } = passOf(events);
  const movements: Movement[] = [];
  for (const piece of pieces) addMovements(movements, shapes, events, piece, buttons);
  return { movements, presses: buttons.map(({ press, holdS }) => ({ ts: events[press]?.ts ?? 0, holdS })), rests };
}

/** In one pass, for a window holds thousands of events and is looked at each second. */
function passOf(events: readonly MouseEvent[]) {
  const pieces: Piece[] = [];
  const buttons: Button[] = [];
  const each: number[] = [];
  /** Those without a release yet, by name. A second press without release takes the first one's place. */
  const down = new Map<string, Button>();
  let [activeS, restS, longRests] = [0, 0, 0];
  let [first, last] = [-1, -1];
  let lastMoveUs = Number.NaN;
  let lastUs = events[0]?.ts ?? 0;
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i];
    if (event === undefined) continue;
    const { ts, event: kind } = event;
    const gapS = Math.min((ts - lastUs) / 1e6, IDLE_CAP_S);
    lastUs = ts;
    activeS += gapS;
    if (gapS > GAP_S) {
      each.push(gapS);
      restS += gapS;
      if (gapS > LONG_REST_S) longRests += 1;
    }
    if (kind === 'scroll') continue;
    const gapUs = ts - lastMoveUs;
    if (first >= 0 && (kind !== 'move' || gapUs < 0 || gapUs >= STROKE_GAP_MS * 1000)) {
      pieces.push({ first, last, next: i });
      first = -1;
    }
    lastMoveUs = kind === 'move' ? ts : Number.NaN;
    if (kind === 'move') {
      if (first < 0) first = i;
      last = i;
    } else if (kind === 'press') {
      const button = { press: i, release: -1, holdS: Number.NaN };
      buttons.push(button);
      down.set(event.button, button);
    } else {
      const button = down.get(event.button);
      down.delete(event.button);
      if (button === undefined) continue;
      button.release = i;
      button.holdS = secondsBetween(events[button.press], event);
    }
  }
  if (first >= 0) pieces.push({ first, last, next: events.length });
  return { pieces, buttons, rests: { activeS, restS, longRests, each } };
}

/** One stroke as a rule; a pointer that jumped makes several, of which the first follows the pause and the last has the click. */
function addMovements(
  to: Movement[],
  shapes: ShapesOf,
  events: readonly MouseEvent[],
  { first, last, next }: Piece,
  buttons: readonly Button[],
): void {
  const strokes = shapes(events, first, last + 1);
  const before = events[first - 1];
  const pauseS =
    before === undefined ? Number.NaN : Math.min(Math.max(secondsBetween(before, events[first]), 0), MAX_PAUSE_S);
  const ending = events[next]?.event === 'press' ? buttons.find(({ press }) => press === next) : undefined;
  const press = ending === undefined ? Number.NaN : secondsBetween(events[last], events[next]);
  const clicked = press < MAX_SETTLE_S;
  const heldS = clicked && ending !== undefined ? ending.holdS : Number.NaN;
  const drag = buttons.some((one) => one.press < first && one.release > first && one.holdS < MAX_DRAG_S);
  for (let k = 0; k < strokes.length; k += 1) {
    const shape = strokes[k];
    const ends = k === strokes.length - 1;
    if (shape === undefined) continue;
    to.push({
      shape,
      pauseS: k === 0 ? pauseS : Number.NaN,
      drag,
      settleS: ends && clicked ? press : Number.NaN,
      holdS: ends && heldS < MAX_HOLD_S ? heldS : Number.NaN,
    });
  }
}

const secondsBetween = (a: MouseEvent | undefined, b: MouseEvent | undefined): number =>
  ((b?.ts ?? Number.NaN) - (a?.ts ?? Number.NaN)) / 1e6;
