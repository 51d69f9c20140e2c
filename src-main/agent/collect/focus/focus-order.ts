// The session's environment in; who can tell which application is in front out, the best first.
import { appCollector } from '../app.ts';
import type { Candidate } from '../driver-choice.ts';
import { isWayland, type Environment } from '../x-display.ts';
import { gnomeFocus } from './gnome-focus.ts';
import { kwinFocus } from './kwin-focus.ts';
import { swayFocus } from './sway-focus.ts';
import { wlrFocus } from './wlr-focus.ts';

export type FocusDriver = 'x11' | 'sway' | 'gnome' | 'kde' | 'wlroots';

/** Under X11 the X server tells of all windows; under Wayland the compositor does, each in its own way, and X of XWayland's alone. */
export function focusCandidates(env: Environment): readonly Candidate<FocusDriver>[] {
  const x11 = { driver: 'x11', collector: appCollector(env) } as const;
  return isWayland(env) ? [compositor(env), x11] : [x11];
}

function compositor(env: Environment): Candidate<FocusDriver> {
  const desktops = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  if ((env['SWAYSOCK'] ?? '') !== '') return { driver: 'sway', collector: swayFocus(env) };
  if (desktops.includes('gnome')) return { driver: 'gnome', collector: gnomeFocus(env) };
  if (desktops.includes('kde')) return { driver: 'kde', collector: kwinFocus(env) };
  return { driver: 'wlroots', collector: wlrFocus(env) };
}
