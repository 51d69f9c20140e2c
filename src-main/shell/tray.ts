// Enters: the status of the agent. Leaves: icon, tooltip and menu in the desktop's tray, and what the user chose there.
import path from 'node:path';
import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import type { AgentStatus } from './agent-process.ts';
import { trayFace } from './tray-face.ts';
import { trayMenu, type MenuEntry, type TrayChoice } from './tray-menu.ts';

export interface AgentTray {
  readonly show: (status: AgentStatus) => void;
  /** Puts the icon into the tray that is there now. Nothing is seen before the first time. */
  readonly appear: () => void;
}

/** A score alone changes the menu no more often than this: some desktops redraw a menu that is open when it is set. */
const MENU_REST_MS = 10_000;

/** Once `app` is ready. The caller keeps the result: a tray that is collected disappears. */
export function createTray(assetsDir: string, choose: (choice: TrayChoice) => void): AgentTray {
  let status: AgentStatus = { kind: 'starting' };
  let icon: TrayIcon | null = null;
  return {
    show: (next) => {
      status = next;
      icon?.show(status);
    },
    appear: () => {
      icon?.remove();
      icon = makeIcon(assetsDir, choose, status);
    },
  };
}

interface TrayIcon {
  readonly show: (status: AgentStatus) => void;
  readonly remove: () => void;
}

function makeIcon(assetsDir: string, choose: (choice: TrayChoice) => void, first: AgentStatus): TrayIcon {
  const file = (icon: string): string => path.join(assetsDir, `${icon}.png`);
  let face = trayFace(first);
  const tray = new Tray(file(face.icon));
  const menu = restingMenu(tray, choose);
  tray.setToolTip(face.tooltip);
  tray.on('click', () => choose({ kind: 'open' }));
  menu.show(trayMenu(first, face.line), trayMenu(first, face.words));
  return {
    show: (status) => {
      const next = trayFace(status);
      if (next.icon !== face.icon) tray.setImage(file(next.icon));
      if (next.tooltip !== face.tooltip) tray.setToolTip(next.tooltip);
      face = next;
      menu.show(trayMenu(status, next.line), trayMenu(status, next.words));
    },
    remove: () => {
      menu.rest();
      tray.destroy();
    },
  };
}

/** Sets a changed menu, for Linux shows it only then; at once when more than the score has changed. */
function restingMenu(tray: Tray, choose: (choice: TrayChoice) => void) {
  let shown = '';
  let steady = '';
  let wanted: readonly MenuEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  const set = (): void => {
    clearTimeout(timer);
    timer = undefined;
    shown = JSON.stringify(wanted);
    tray.setContextMenu(Menu.buildFromTemplate(wanted.map((entry) => item(entry, choose))));
  };
  return {
    show: (entries: readonly MenuEntry[], withoutScore: readonly MenuEntry[]): void => {
      wanted = entries;
      const nextSteady = JSON.stringify(withoutScore);
      if (nextSteady !== steady) {
        steady = nextSteady;
        set();
      } else if (JSON.stringify(entries) !== shown) {
        timer ??= setTimeout(set, MENU_REST_MS);
      }
    },
    rest: (): void => clearTimeout(timer),
  };
}

/** An ampersand would underline the letter after it. */
const plain = (label: string): string => label.replaceAll('&', '&&');

function item(entry: MenuEntry, choose: (choice: TrayChoice) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: plain(entry.label), enabled: false };
    case 'choice':
      return { label: entry.label, click: () => choose(entry.choice) };
    case 'group':
      return { label: entry.label, enabled: entry.enabled, submenu: entry.entries.map((each) => item(each, choose)) };
    default:
      return entry satisfies never;
  }
}
