// Enters: raw pointer events of the shared hook. Leaves: mouse events (move, press, release, vertical scroll), in pixels.
import type { MouseEvent } from '../events.ts';
import type { Collector } from './collector.ts';
import type { InputHook } from './input-hook.ts';
import { NATIVE, type NativeEvent } from './native-hook.ts';

/** uiohook numbers the buttons alike on all systems: the second is the right one, also under X11. */
const BUTTONS: Readonly<Record<number, 'Left' | 'Right' | 'Middle'>> = { 1: 'Left', 2: 'Right', 3: 'Middle' };
/** WheelDirection.VERTICAL of uiohook. */
const VERTICAL = 3;

export function mouseCollector(hook: InputHook): Collector {
  let stopListening: (() => Promise<void>) | null = null;
  return {
    name: 'mouse',
    modalities: ['mouse'],
    available: hook.available,
    start: async ({ publish, report }) => {
      stopListening = await hook.listen({
        report,
        input: (event, ts) => {
          const mouse = toMouseEvent(event, ts);
          if (mouse !== null) publish(mouse);
        },
      });
    },
    stop: async () => {
      await stopListening?.();
      stopListening = null;
    },
  };
}

/** null for what the format has no place for: keys, side buttons, sideways scrolling, and clicks (a press and a release). */
function toMouseEvent(raw: NativeEvent, ts: number): MouseEvent | null {
  if (!('x' in raw)) return null;
  const { x, y } = raw;
  if ('rotation' in raw) {
    if (raw.direction !== VERTICAL || raw.rotation === 0) return null;
    // uiohook counts toward the user; the format counts up.
    return { type: 'mouse', ts, x, y, event: 'scroll', scroll_delta: -raw.rotation };
  }
  const { type } = raw;
  if (type === NATIVE.move) return { type: 'mouse', ts, x, y, event: 'move' };
  if (type !== NATIVE.buttonDown && type !== NATIVE.buttonUp) return null;
  const button = BUTTONS[Number(raw.button)];
  if (button === undefined) return null;
  return { type: 'mouse', ts, x, y, event: type === NATIVE.buttonDown ? 'press' : 'release', button };
}
