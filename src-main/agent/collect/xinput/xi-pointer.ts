// Raw events of pointers in; movements, buttons and notches of the wheel out, in pixels of the screen as the input hook has them too.
// Where the pointer really is is asked for ten times a second while it moves, and at each press; what happens until the answer comes
// waits for it. The server answers in the order of its events, so that the answer is the place after the last of them.
import type { XiRawEvent } from 'x11';
import type { MouseEvent } from '../../events.ts';
import { createPointerPlace, type Motion, type Place, type Size } from './pointer-place.ts';
import type { XiSource } from './xi-devices.ts';

export interface XiPointerParts {
  readonly screen: () => Size;
  /** The number of a button after the mapping of the desktop, such as for the left hand. */
  readonly button: (physical: number) => number;
  /** Answers before any later event is told. */
  readonly ask: (answer: (place: Place) => void) => void;
  readonly publish: (event: MouseEvent, source: XiSource) => void;
}

export interface XiPointer {
  readonly accept: (event: XiRawEvent, ts: number, source: XiSource) => void;
}

const ASK_EVERY_US = 100_000;
const BUTTONS: Readonly<Record<number, 'Left' | 'Middle' | 'Right'>> = { 1: 'Left', 2: 'Middle', 3: 'Right' };
/** The server makes presses of these from what a wheel or two fingers send, one a notch; +1 is away from the user. */
const NOTCHES: Readonly<Record<number, number>> = { 4: 1, 5: -1 };

type What = MouseEvent extends infer E ? (E extends MouseEvent ? Omit<E, 'type' | 'ts' | 'x' | 'y'> : never) : never;
interface Waiting {
  readonly ts: number;
  readonly source: XiSource;
  readonly what: What;
  readonly motion: Motion | null;
}

const MOVE: What = { event: 'move' };

export function createXiPointer({ screen, button, ask, publish }: XiPointerParts): XiPointer {
  const place = createPointerPlace(screen);
  let waiting: Waiting[] = [];
  let asking = false;
  let askedUs = Number.NEGATIVE_INFINITY;

  const tell = (places: readonly Place[]): void => {
    const told = waiting;
    waiting = [];
    for (const [i, { ts, source, what }] of told.entries()) {
      const at = places[i];
      if (at !== undefined) publish({ type: 'mouse', ts, ...at, ...what }, source);
    }
  };
  const askNow = (): void => {
    asking = true;
    ask((truth) => {
      asking = false;
      const { places, jumped } = place.followTo(waiting.map(motionOf), truth);
      const [first] = waiting;
      // A program has set the pointer, which no device tells of: it would click where it never went.
      if (jumped && first !== undefined && waiting.every(isNoMotion))
        publish({ type: 'mouse', ts: first.ts, ...truth, ...MOVE }, first.source);
      tell(places);
    });
  };
  askNow();

  return {
    accept: (event, ts, source) => {
      const what = whatOf(event, button);
      if (what === null) return;
      const motion = what === MOVE ? { source, x: event.valuators[0], y: event.valuators[1] } : null;
      waiting.push({ ts, source, what, motion });
      if (asking) return;
      const unsure = motion === null || source.motion === 'either' || place.now() === null;
      if (!unsure && Math.abs(ts - askedUs) < ASK_EVERY_US) return tell(place.follow(waiting.map(motionOf)));
      askedUs = ts;
      askNow();
    },
  };
}

const motionOf = ({ motion }: Waiting): Motion | null => motion;
const isNoMotion = ({ motion }: Waiting): boolean => motion === null;

/** null for what the format has no place for: keys, side buttons, sideways scrolling, the release of a notch. */
function whatOf({ name, detail, valuators }: XiRawEvent, mapped: (physical: number) => number): What | null {
  // A wheel that is finer than notches moves axes of its own.
  if (name === 'XIRawMotion') return valuators[0] === undefined && valuators[1] === undefined ? null : MOVE;
  const number = mapped(detail);
  const notch = NOTCHES[number];
  if (notch !== undefined) return name === 'XIRawButtonPress' ? { event: 'scroll', scroll_delta: notch } : null;
  const button = BUTTONS[number];
  if (button === undefined) return null;
  return { event: name === 'XIRawButtonPress' ? 'press' : 'release', button };
}
