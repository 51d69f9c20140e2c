// Enters: the environment of the process. Leaves: whether an X display can really be used, found out by connecting to it.
import type { Availability } from './collector.ts';
import type { Unavailable } from './unavailable.ts';
import { connectX, XConnectError } from './x-connection.ts';
import { messageOf } from '../thrown.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const IN_SESSION = 'Start SecLyzer inside your desktop session.';

/** Whether this is a Wayland session, where X sees only the windows that run through XWayland. */
export function isWayland(env: Environment): boolean {
  return (env['WAYLAND_DISPLAY'] ?? '') !== '' || env['XDG_SESSION_TYPE'] === 'wayland';
}

/** Connects to the display of `env`, completes the set-up and hangs up. Never throws; takes at most 3 s. */
export async function displayAvailability(env: Environment): Promise<Availability> {
  const display = env['DISPLAY'] ?? '';
  if (display === '')
    return isWayland(env) ? waylandWithoutX() : { ok: false, reason: 'no X display', fix: IN_SESSION };
  try {
    (await connectX(display)).close();
  } catch (error) {
    return whyNot(error);
  }
  return isWayland(env)
    ? {
        ok: true,
        note: 'This is a Wayland session: only windows that run through XWayland are seen. An X11 session shows everything.',
      }
    : { ok: true };
}

/** Puts a failed connection into the words of the dashboard. */
export function whyNot(error: unknown): Unavailable {
  const what = messageOf(error);
  if (error instanceof XConnectError && error.kind === 'refused') {
    return {
      ok: false,
      reason: `no access to the X display: ${what}`,
      fix: 'Start SecLyzer as the user who is logged in, inside the desktop session, so that its X authority applies.',
    };
  }
  return { ok: false, reason: `no X display: ${what}`, fix: IN_SESSION };
}

function waylandWithoutX(): Unavailable {
  return {
    ok: false,
    reason: 'no X display: this is a Wayland session without XWayland',
    fix: 'Choose the X11 (Xorg) session on the login screen, or see what seclyzer doctor says of input devices.',
  };
}
