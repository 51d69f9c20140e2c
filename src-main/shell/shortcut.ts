// Enters: the user's shortcut. Leaves: it opens the dashboard from everywhere, or the reason why it does not.
import { globalShortcut } from 'electron';
import type { Briefing } from './briefing.ts';

export interface Shortcut {
  /** As Electron writes it, `Ctrl+Alt+S`; null: none. */
  readonly apply: (wanted: string | null) => void;
}

const ON_WAYLAND = {
  available: false,
  reason: 'Wayland lets no program take keys for itself.',
  fix: 'Add a shortcut in your desktop’s keyboard settings that starts SecLyzer: a second start opens the dashboard.',
};

export function createShortcut(open: () => void, briefing: Briefing): Shortcut {
  // Under XWayland keys are seen only while a window of XWayland has them.
  if (process.platform === 'linux' && isWayland(process.env)) {
    briefing.ability('shortcut', ON_WAYLAND);
    return { apply: (wanted) => briefing.notice('shortcut', 'warning', wanted === null ? null : ON_WAYLAND.reason) };
  }
  let applied: string | null = null;
  /** The one that is ours; to ask Electron for one that it can't read would throw. */
  let held: string | null = null;
  const say = (reason: string | null): void => {
    // What one shortcut can't do another may.
    briefing.ability('shortcut', { available: true, reason, fix: reason === null ? null : 'Choose another one.' });
  };
  say(null);
  return {
    apply: (wanted) => {
      if (wanted === applied) return;
      applied = wanted;
      if (held !== null) globalShortcut.unregister(held);
      const refusal = wanted === null ? null : take(wanted, open);
      held = refusal === null ? wanted : null;
      say(refusal);
      const notice = refusal === null ? null : `${refusal} Choose another one under Settings.`;
      briefing.notice('shortcut', 'warning', notice);
    },
  };
}

const isWayland = (env: NodeJS.ProcessEnv): boolean =>
  env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '';

/** null when it was taken. */
function take(wanted: string, open: () => void): string | null {
  try {
    return globalShortcut.register(wanted, open)
      ? null
      : `The shortcut ${wanted} does not work: another program, or the desktop, has it.`;
  } catch (error) {
    // Electron's way to refuse what it can't read.
    if (!(error instanceof TypeError)) throw error;
    return `The shortcut ${wanted} does not work: it names a key that there is not.`;
  }
}
