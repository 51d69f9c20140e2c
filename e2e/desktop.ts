// Enters: an X display. Leaves: a session bus and a panel with a tray, and what an icon in that tray says of itself.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { promisify } from 'node:util';

export interface TrayItem {
  readonly tooltip: string;
  /** A click with the left button. */
  readonly click: () => Promise<void>;
  /** The words of its menu, without separators. */
  readonly menu: readonly string[];
  readonly choose: (word: string) => Promise<void>;
}

export interface Desktop {
  /** For programs that belong to this desktop. */
  readonly env: Record<string, string>;
  /** The one icon in the tray; null when there is none. */
  readonly trayItem: () => Promise<TrayItem | null>;
  readonly stop: () => Promise<void>;
}

const PROGRAMS = { 'dbus-daemon': 'dbus', gdbus: 'libglib2.0-bin', 'xfce4-panel': 'xfce4-panel' };
const WATCHER = ['org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher'] as const;
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
/** Number and label of a menu's entry, as gdbus prints them. */
const ENTRY = /<\((\d+), \{[^{}]*'label': <'([^']*)'>/g;
const START_LIMIT_MS = 20_000;

/** Why there can be no tray here; null when there can. */
export function missingForTray(): string | null {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !existsSync(`/usr/bin/${program}`));
  return missing.length === 0 ? null : `no tray: sudo apt-get install ${missing.map(([, name]) => name).join(' ')}`;
}

/** @param home a folder for the settings of this desktop */
export async function startDesktop(display: string, home: string): Promise<Desktop> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  const env: Record<string, string> = {
    DISPLAY: display,
    DBUS_SESSION_BUS_ADDRESS: address.toString().trim(),
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_DATA_HOME: `${home}/data`,
    // Not needed, and it would outlive the bus.
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
  };
  const panel = spawn('xfce4-panel', ['--disable-wm-check'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    for (const child of [panel, bus]) await end(child);
  };
  const gdbus = async (target: readonly [string, string], method: string, ...args: string[]): Promise<string> => {
    const words = ['call', '--session', '-d', target[0], '-o', target[1], '-m', method, ...args];
    const { stdout } = await promisify(execFile)('gdbus', words, { env: { ...process.env, ...env } });
    return stdout;
  };
  const property = (target: readonly [string, string], owner: string, name: string): Promise<string> =>
    gdbus(target, 'org.freedesktop.DBus.Properties.Get', owner, name);

  const trayItem = async (): Promise<TrayItem | null> => {
    const items = await property(WATCHER, WATCHER[0], 'RegisteredStatusNotifierItems');
    const [, name, path] = /'(:[\d.]+)(\/\w+)'/.exec(items) ?? [];
    if (name === undefined || path === undefined) return null;
    const [, tooltip = ''] = /'(SecLyzer[^']*)'/.exec(await property([name, path], ITEM, 'ToolTip')) ?? [];
    const [, menuPath = ''] = /'(\/[^']+)'/.exec(await property([name, path], ITEM, 'Menu')) ?? [];
    const layout = await gdbus([name, menuPath], `${MENU}.GetLayout`, '0', '--', '-1', '@as []');
    const menu = new Map([...layout.matchAll(ENTRY)].map(([, id = '', label = '']) => [label, id]));
    return {
      tooltip,
      menu: [...menu.keys()],
      click: async () => void (await gdbus([name, path], `${ITEM}.Activate`, '1', '1')),
      choose: async (word) => {
        const id = menu.get(word);
        if (id === undefined) throw new Error(`the menu has no "${word}"`);
        await gdbus([name, menuPath], `${MENU}.Event`, id, 'clicked', '<0>', '0');
      },
    };
  };
  try {
    await until(async () => (await property(WATCHER, WATCHER[0], 'IsStatusNotifierHostRegistered')).includes('true'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, trayItem, stop };
}

async function until(ready: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  let last: unknown;
  while (performance.now() < limit) {
    try {
      if (await ready()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The panel did not show a tray in 20 s.', { cause: last });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
