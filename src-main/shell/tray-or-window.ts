// Enters: word of the desktop's tray. Leaves: the icon in it; where there is none, that in words, and the window in its place.
import type { TrayHostParts } from './tray-host.ts';
import type { TrayMemory } from './tray-memory.ts';

export interface TrayOrWindowParts {
  /** Puts the icon into the tray. */
  readonly appear: () => void;
  readonly openWindow: () => void;
  /** For the dashboard; null: there is nothing to say any more. */
  readonly notice: (text: string | null) => void;
  /** One line for whoever reads the program's output. */
  readonly say: (line: string) => void;
  readonly memory: TrayMemory;
  /** Started by the session rather than the user. */
  readonly hidden: boolean;
}

const WHAT_TO_DO = 'On GNOME install the AppIndicator extension. Start SecLyzer again to open this window.';

export function trayOrWindow(parts: TrayOrWindowParts): Pick<TrayHostParts, 'onHost' | 'onNone'> {
  const { appear, openWindow, notice, say, memory, hidden } = parts;
  let isMissed = false;
  return {
    onHost: () => {
      appear();
      notice(null);
      // A tray that comes late every time would else be told of every time.
      if (!isMissed) memory.forget();
    },
    onNone: (reason) => {
      isMissed = true;
      const shortly = `This desktop shows no tray icons (${reason}).`;
      say(shortly);
      notice(`${shortly} ${WHAT_TO_DO}`);
      // Some desktops take icons in the older way, which Electron tries by itself.
      appear();
      // A window that comes up at every login is no better than a tray: once is enough, unless the user has asked for the program.
      if (hidden && memory.wasTold()) return;
      openWindow();
      memory.remember();
    },
  };
}
