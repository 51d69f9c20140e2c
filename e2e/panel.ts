// Enters: an X display with a session bus. Leaves: xfce4's panel on it with a tray, what an icon in that tray says of itself over
// the bus, and where the panel has drawn it.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Point, Screen } from './screen.ts';
import { endProcess, type BusObject, type SessionBus } from './session-bus.ts';

export interface TrayItem {
  readonly tooltip: string;
  /** The words of its menu, without separators, those of submenus after the word that opens them. */
  readonly menu: readonly string[];
  /** Without a pointer, as a screen reader would. */
  readonly choose: (word: string) => Promise<void>;
}

export interface Panel {
  /** The one icon in the tray; null when there is none. */
  readonly trayItem: () => Promise<TrayItem | null>;
  /** The middle of what is drawn in the tray, found by its pixels; null while nothing is. */
  readonly drawnIcon: () => Promise<Point | null>;
  readonly stop: () => Promise<void>;
}

export const PANEL_PROGRAMS = { 'xfce4-panel': 'xfce4-panel' };
const WATCHER: BusObject = ['org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher'];
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
/** Number and label of a menu's entry, as gdbus prints them. */
const ENTRY = /<\((\d+), \{[^{}]*'label': <(?:'([^']*)'|"([^"]*)")>/g;
const START_LIMIT_MS = 20_000;
/** How far a pixel's brightness must be from the panel's own, of 255. */
const CONTRAST = 24;

/** One row along the top: the open windows, then the tray, which alone is drawn by a process of its own. */
const LAYOUT = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/><value type="int" value="2"/><value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/><property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

/** @param env of the desktop, with XDG_CONFIG_HOME */
export async function startPanel(bus: SessionBus, screen: Screen, env: Record<string, string>): Promise<Panel> {
  const settings = path.join(env['XDG_CONFIG_HOME'] ?? '', 'xfce4/xfconf/xfce-perchannel-xml');
  mkdirSync(settings, { recursive: true });
  writeFileSync(path.join(settings, 'xfce4-panel.xml'), LAYOUT);
  const panel = spawn('xfce4-panel', ['--disable-wm-check'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const stop = (): Promise<void> => endProcess(panel);
  try {
    await until(async () =>
      (await bus.property(WATCHER, WATCHER[0], 'IsStatusNotifierHostRegistered')).includes('true'),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { trayItem: () => trayItem(bus), drawnIcon: () => drawnIcon(screen), stop };
}

async function trayItem(bus: SessionBus): Promise<TrayItem | null> {
  const items = await bus.property(WATCHER, WATCHER[0], 'RegisteredStatusNotifierItems');
  const [, name, object] = /'(:[\d.]+)(\/\w+)'/.exec(items) ?? [];
  if (name === undefined || object === undefined) return null;
  const said = await bus.property([name, object], ITEM, 'ToolTip');
  const [, tooltip = ''] = /['"](SecLyzer.*?)['"], /.exec(said) ?? [];
  const [, menuPath = ''] = /'(\/[^']+)'/.exec(await bus.property([name, object], ITEM, 'Menu')) ?? [];
  const layout = await bus.call([name, menuPath], `${MENU}.GetLayout`, '0', '--', '-1', '@as []');
  const entries = [...layout.matchAll(ENTRY)].map(([, id = '', plain, quoted]) => [plain ?? quoted ?? '', id] as const);
  const menu = new Map(entries);
  return {
    tooltip,
    menu: [...menu.keys()],
    choose: async (word) => {
      const id = menu.get(word);
      if (id === undefined) throw new Error(`the menu has no "${word}", only ${[...menu.keys()].join(', ')}`);
      await bus.call([name, menuPath], `${MENU}.Event`, id, 'clicked', '<0>', '0');
    },
  };
}

/** Looks only at the tray's own part of the panel, and there for what is not the colour of its corner. */
async function drawnIcon(screen: Screen): Promise<Point | null> {
  const tray = (await screen.windows()).find(({ name, width, y }) => name === 'wrapper-2.0' && width > 10 && y === 0);
  if (tray === undefined) return null;
  const brightness = await screen.brightness(tray);
  const [ground = 0] = brightness;
  const drawn = [...brightness.keys()].filter((at) => Math.abs((brightness[at] ?? 0) - ground) > CONTRAST);
  if (drawn.length === 0) return null;
  const middle = (values: readonly number[]): number => Math.round((Math.min(...values) + Math.max(...values)) / 2);
  return {
    x: tray.x + middle(drawn.map((at) => at % tray.width)),
    y: tray.y + middle(drawn.map((at) => Math.floor(at / tray.width))),
  };
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
