// What the user has set and what the session is in; which drivers may read keyboard and mouse out, the best first. Pure.
import { isWayland, type Environment } from './x-display.ts';

const INPUT_DRIVERS = ['xinput', 'uiohook', 'evdev'] as const;
/**
 * xinput: the X server tells of each event at once, and its end is no end of ours. uiohook: the X server tells as well, in batches (XRecord);
 * on other systems theirs. evdev: the kernel tells.
 */
export type InputDriver = (typeof INPUT_DRIVERS)[number];

/** What the user may set; `x11` is whichever of the X server's works. */
export type AskedDriver = 'auto' | 'x11' | InputDriver;

/** In what the mouse is measured: pixels that the desktop has accelerated, or counts of its own. */
export type MouseUnit = 'pixels' | 'counts';
export const MOUSE_UNITS = { xinput: 'pixels', uiohook: 'pixels', evdev: 'counts' } as const satisfies Record<
  InputDriver,
  MouseUnit
>;

/**
 * Under Wayland the kernel first: through X only XWayland's windows are seen. Under X11 the X server alone, unless the user asks for the
 * kernel: it needs no rights that other programs of the user would have as well, it sees this session only, whoever sits at the machine,
 * and a mouse that was learned through it has been learned in pixels.
 */
export function driverOrder(asked: AskedDriver, env: Environment, platform: NodeJS.Platform): readonly InputDriver[] {
  if (platform !== 'linux') return ['uiohook'];
  if (asked !== 'auto' && asked !== 'x11') return [asked];
  return asked === 'auto' && isWayland(env) ? ['evdev', 'xinput', 'uiohook'] : ['xinput', 'uiohook'];
}
