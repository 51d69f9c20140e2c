// Enters: an X display. Leaves: a desktop on it: a session bus, a panel with a tray, a daemon that draws notifications.
import { existsSync } from 'node:fs';
import { NOTIFICATION_PROGRAMS, startNotificationDaemon, type NotificationDaemon } from './notification-daemon.ts';
import { PANEL_PROGRAMS, startPanel, type Panel } from './panel.ts';
import { SCREEN_PROGRAMS, screenOf, type Screen } from './screen.ts';
import { BUS_PROGRAMS, startSessionBus, type BusOptions, type SessionBus } from './session-bus.ts';

export interface Desktop {
  /** For programs that belong to this desktop. */
  readonly env: Record<string, string>;
  readonly bus: SessionBus;
  readonly screen: Screen;
  readonly panel: Panel;
  readonly notifications: NotificationDaemon;
  readonly stop: () => Promise<void>;
}

/** Why there can be no desktop here; null when there can. */
export function missingForDesktop(): string | null {
  const wanted = { ...BUS_PROGRAMS, ...PANEL_PROGRAMS, ...NOTIFICATION_PROGRAMS, ...SCREEN_PROGRAMS };
  const missing = Object.entries(wanted).filter(([program]) => !existsSync(`/usr/bin/${program}`));
  const packages = new Set(missing.map(([, name]) => name));
  return packages.size === 0 ? null : `no desktop: sudo apt-get install ${[...packages].join(' ')}`;
}

/** @param home a folder for the settings of this desktop */
export async function startDesktop(display: string, home: string, options: BusOptions = {}): Promise<Desktop> {
  const session = sessionEnvironment(display, home);
  const bus = await startSessionBus(session, options);
  const env = onBus(session, bus);
  const screen = screenOf(display);
  const notifications = startNotificationDaemon(screen, env);
  const stop = async (panel: Panel | null): Promise<void> => {
    await panel?.stop();
    await notifications.stop();
    await bus.stop();
  };
  try {
    const panel = await startPanel(bus, screen, env);
    return { env, bus, screen, panel, notifications, stop: () => stop(panel) };
  } catch (error) {
    await stop(null);
    throw error;
  }
}

/** What programs of a session on this display find in their environment, except its bus. */
export function sessionEnvironment(display: string, home: string): Record<string, string> {
  return {
    DISPLAY: display,
    WAYLAND_DISPLAY: '',
    XDG_SESSION_TYPE: 'x11',
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_DATA_HOME: `${home}/data`,
    // Not needed, and it would outlive the bus.
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
  };
}

/** The bus serves as the system's too: what stands on this machine's own is not the test's. */
export function onBus(session: Record<string, string>, { address }: SessionBus): Record<string, string> {
  return { ...session, DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address };
}
