// Enters: the word of our GNOME Shell extension (assets/gnome-extension) that another application is in front. Leaves: focus events with
// its name. The Shell tells nobody else of windows: an extension is the only way.
import type { BusTarget } from '../../../dbus.ts';
import type { Collector } from '../collector.ts';
import type { Unavailable } from '../unavailable.ts';
import { busFocus, type FocusTelling } from './bus-focus.ts';

/** On the Shell's own connection: nobody else can speak there. */
export const EXTENSION: BusTarget = {
  name: 'org.gnome.Shell',
  path: '/io/github/seclyzer/Focus',
  interface: 'io.github.seclyzer.Focus',
};
export const EXTENSION_ID = 'seclyzer-focus@seclyzer.github.io';
const NOT_INSTALLED: Unavailable = {
  ok: false,
  reason: 'GNOME tells of the application in front by an extension alone, and that is not installed or not turned on',
  fix: `Copy assets/gnome-extension to ~/.local/share/gnome-shell/extensions/${EXTENSION_ID}, log in again, then: gnome-extensions enable ${EXTENSION_ID}`,
};

const TELLING: FocusTelling = {
  whether: (bus) =>
    bus.property(EXTENSION, 'Application').then(
      () => ({ ok: true }),
      () => NOT_INSTALLED,
    ),
  follow: async (bus, focus) => {
    const { name: sender, ...rest } = EXTENSION;
    const end = await bus.onSignal({ ...rest, sender, member: 'Focused' }, ({ directed, args: [given] }) => {
      // What is sent to us alone may come from anybody.
      if (!directed && typeof given === 'string') focus(given);
    });
    focus(String(await bus.property(EXTENSION, 'Application')));
    return () => Promise.resolve(end());
  },
  refused: () => NOT_INSTALLED,
};

export const gnomeFocus = (env: NodeJS.ProcessEnv): Collector => busFocus(TELLING, env);
