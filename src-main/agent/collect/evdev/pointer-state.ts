// Events of one mouse or touchpad in; movements, buttons and notches of the wheel out, on the path that all pointers share.
// A tap and two fingers are gestures that the compositor makes clicks and scrolling of: the touchpad itself knows of neither, so they
// are not told here.
import type { MouseEvent } from '../../events.ts';
import type { PartState } from './device-state.ts';
import type { InputDevice } from './input-devices.ts';
import { EV } from './input-event.ts';
import { BUTTON_NAMES } from './key-codes.ts';
import type { PointerPath } from './pointer-path.ts';

// linux/input-event-codes.h
const REL = { x: 0, y: 1, wheel: 8, wheelHighResolution: 11 } as const;
const ABS = { x: 0, y: 1 } as const;
/** `BTN_TOOL_FINGER`; `BTN_TOOL_QUINTTAP`, and `BTN_TOOL_DOUBLETAP` to `BTN_TOOL_QUADTAP` for more fingers than one. */
const ONE_FINGER = 0x145;
const MORE_FINGERS = new Set([0x148, 0x14d, 0x14e, 0x14f]);
/** A whole notch in the unit of `REL_WHEEL_HI_RES` (kernel documentation, input/event-codes). */
const NOTCH = 120;

interface Pointer extends Pick<InputDevice, 'notches'> {
  readonly pointer: 'mouse' | 'touchpad';
}

export function createPointerState(
  device: Pointer,
  path: PointerPath,
  publish: (event: MouseEvent) => void,
): PartState {
  const motion = device.pointer === 'mouse' ? relativeMotion(path, publish) : touchedMotion(path, publish);
  const wheel = createWheel(device.notches);
  const held = new Set<number>();
  const place = () => ({ type: 'mouse', x: path.x(), y: path.y() }) as const;

  const button = (code: number, value: number, ts: number): void => {
    const name = BUTTON_NAMES[code];
    if (name === undefined || value > 1) return;
    const pressed = value === 1;
    if (pressed ? held.has(code) : !held.delete(code)) return;
    // Where the movement of this same moment led.
    motion.moment(ts);
    if (pressed) held.add(code);
    if (pressed) path.settle();
    publish({ ...place(), ts, event: pressed ? 'press' : 'release', button: name });
  };
  return {
    visit: (type, code, value, ts) => {
      if (type === EV.key) button(code, value, ts);
      motion.visit(type, code, value, ts);
      const scrolled = type === EV.relative ? wheel.turn(code, value) : 0;
      if (scrolled !== 0) publish({ ...place(), ts, event: 'scroll', scroll_delta: scrolled });
    },
    moment: motion.moment,
    forget: () => {
      motion.forget();
      wheel.forget();
      held.clear();
    },
  };
}

function relativeMotion(path: PointerPath, publish: (event: MouseEvent) => void): PartState {
  let [dx, dy] = [0, 0];
  return {
    visit: (type, code, value) => {
      if (type !== EV.relative) return;
      if (code === REL.x) dx += value;
      if (code === REL.y) dy += value;
    },
    moment: (ts) => {
      if (dx === 0 && dy === 0) return;
      path.move(dx, dy);
      [dx, dy] = [0, 0];
      publish({ type: 'mouse', ts, x: path.x(), y: path.y(), event: 'move' });
    },
    forget: () => void ([dx, dy] = [0, 0]),
  };
}

/** From one place of a single finger to the next; where it comes down, or where fingers come and go, a new start. */
function touchedMotion(path: PointerPath, publish: (event: MouseEvent) => void): PartState {
  let [x, y] = [Number.NaN, Number.NaN];
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  let touching = false;
  const others = new Set<number>();
  const startAnew = (): void => void ([lastX, lastY] = [Number.NaN, Number.NaN]);
  return {
    visit: (type, code, value) => {
      if (type === EV.absolute && code === ABS.x) x = value;
      if (type === EV.absolute && code === ABS.y) y = value;
      if (type !== EV.key || (code !== ONE_FINGER && !MORE_FINGERS.has(code))) return;
      if (code === ONE_FINGER) touching = value === 1;
      else if (value === 1) others.add(code);
      else others.delete(code);
      startAnew();
    },
    moment: (ts) => {
      if (!touching || others.size > 0 || Number.isNaN(x) || Number.isNaN(y)) return;
      const [dx, dy] = [x - lastX, y - lastY];
      [lastX, lastY] = [x, y];
      if (Number.isNaN(dx) || Number.isNaN(dy) || (dx === 0 && dy === 0)) return;
      path.move(dx, dy);
      publish({ type: 'mouse', ts, x: path.x(), y: path.y(), event: 'move' });
    },
    // A finger that lies there is known again when it is lifted and comes down; a place only by its next change.
    forget: () => {
      touching = false;
      others.clear();
      [x, y] = [Number.NaN, Number.NaN];
      startAnew();
    },
  };
}

/** A notch away from the user is +1. Fractions of one are added up: under X, too, a wheel turns in whole notches. */
function createWheel(notches: boolean) {
  let fraction = 0;
  return {
    turn: (code: number, value: number): number => {
      if (code === REL.wheel) return value;
      if (notches || code !== REL.wheelHighResolution) return 0;
      fraction += value;
      const whole = Math.trunc(fraction / NOTCH);
      fraction -= whole * NOTCH;
      return whole;
    },
    forget: () => void (fraction = 0),
  };
}
