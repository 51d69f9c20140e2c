// Enters: the status of the agent. Leaves: icon, tooltip and menu in the desktop's tray, and what the user chose there.
import path from 'node:path';
import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import type { AgentStatus } from './agent-process.ts';
import { trayFace, type TrayFace } from './tray-face.ts';

export interface TrayChoices {
  readonly openDashboard: () => void;
  /** Offered once the agent has stopped for good. */
  readonly startAgent: () => void;
  readonly quit: () => void;
}

export interface AgentTray {
  readonly show: (status: AgentStatus) => void;
}

/** Once `app` is ready. The caller keeps the result: a tray that is collected disappears. */
export function createTray(assetsDir: string, choices: TrayChoices): AgentTray {
  let shown = trayFace({ kind: 'starting' });
  const tray = new Tray(iconFile(assetsDir, shown));
  const dress = (face: TrayFace, canStart: boolean): void => {
    if (face.icon !== shown.icon) tray.setImage(iconFile(assetsDir, face));
    shown = face;
    tray.setToolTip(face.tooltip);
    // Linux shows a changed menu only after it was set again.
    tray.setContextMenu(Menu.buildFromTemplate(menu(face, canStart, choices)));
  };
  tray.on('click', choices.openDashboard);
  dress(shown, false);
  return {
    show: (status) => {
      const face = trayFace(status);
      const changed = face.icon !== shown.icon || face.line !== shown.line;
      if (changed) dress(face, status.kind === 'stopped');
    },
  };
}

function iconFile(assetsDir: string, face: TrayFace): string {
  return path.join(assetsDir, `${face.icon}.png`);
}

function menu(face: TrayFace, canStart: boolean, choices: TrayChoices): MenuItemConstructorOptions[] {
  const start: MenuItemConstructorOptions[] = canStart ? [{ label: 'Start again', click: choices.startAgent }] : [];
  return [
    { label: face.line, enabled: false },
    ...start,
    { type: 'separator' },
    { label: 'Open dashboard', click: choices.openDashboard },
    { type: 'separator' },
    { label: 'Quit', click: choices.quit },
  ];
}
