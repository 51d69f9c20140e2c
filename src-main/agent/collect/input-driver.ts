// What the user has set and what the session is in; which drivers may read keyboard and mouse out, the best first. Pure.
import { isWayland, type Environment } from './x-display.ts';

export const INPUT_DRIVERS = ['x11', 'evdev'] as const;
/** x11: the X server tells (uiohook, on other systems theirs). evdev: the kernel does. */
export type InputDriver = (typeof INPUT_DRIVERS)[number];

/**
 * Under Wayland the kernel first: through X only XWayland's windows are seen. Under X11 the X server alone, unless the user asks for the
 * kernel: it needs no rights that other programs of the user would have as well, it sees this session only, whoever sits at the machine,
 * and a mouse that was learned through it has been learned in pixels.
 */
export function driverOrder(
  asked: 'auto' | InputDriver,
  env: Environment,
  platform: NodeJS.Platform,
): readonly InputDriver[] {
  if (platform !== 'linux') return ['x11'];
  if (asked !== 'auto') return [asked];
  return isWayland(env) ? ['evdev', 'x11'] : ['x11'];
}
