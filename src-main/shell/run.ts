// Enters: what the shell is to do, once Electron is ready. Leaves: a tray, the agent's process, and a window when somebody wants
// one, each wired to the others.
import path from 'node:path';
import { app } from 'electron';
import { connectBus } from '../dbus.ts';
import { createAbout, type About } from './about.ts';
import type { AgentProcess } from './agent-process.ts';
import { createAgent, type Shell } from './supervised-agent.ts';
import { createAutostart } from './autostart.ts';
import { openBorder } from './border.ts';
import { createBriefing, type Briefing } from './briefing.ts';
import { createNotifier } from './notify.ts';
import { forbidEverything } from './page-guard.ts';
import { servePage } from './page.ts';
import { watchPower } from './power.ts';
import { endGracefully } from './quit.ts';
import { createShortcut } from './shortcut.ts';
import { followTrayHost } from './tray-host.ts';
import { createTrayMemory } from './tray-memory.ts';
import type { TrayChoice } from './tray-menu.ts';
import { trayOrWindow } from './tray-or-window.ts';
import { createTray, type AgentTray } from './tray.ts';
import { createWindowMemory } from './window-memory.ts';
import { createDashboardWindow, type DashboardWindow } from './window.ts';

/** A desktop that is already there answers at once; one that is starting may take its time. */
const TRAY_HOST_LIMIT_MS = { shown: 5000, hidden: 20_000 };

/** Once `app` is ready. Rejects when there can be no shell. */
export async function runShell(shell: Shell): Promise<void> {
  await forbidEverything();
  const { root, launch } = shell;
  const assets = path.join(root, 'assets');
  const agent = createAgent(shell);
  const briefing = createBriefing(agent);
  const memory = createWindowMemory(path.join(app.getPath('userData'), 'window.json'));

  servePage(path.join(root, 'out/renderer'));
  const window = createDashboardWindow({
    preload: path.join(root, 'out/preload/preload.cjs'),
    icon: path.join(assets, 'icons/128x128.png'),
    memory,
  });
  openBorder(agent, window.current, () => app.quit());
  const tray = createTray(assets, chosen(agent, window, createAbout(assets)));
  showTray(tray, window, briefing, launch.hidden);
  const notifier = createNotifier({
    open: window.open,
    tell: (text) => briefing.notice('notifications', 'warning', text),
    changed: (ability) => briefing.ability('notifications', ability),
  });
  const autostart = createAutostart(root, !launch.ownData, briefing);
  const shortcut = createShortcut(window.open, briefing);

  agent.onStatus((status) => {
    tray.show(status);
    window.alarm(status.kind === 'running' && status.locking !== null);
  });
  agent.onSettings((settings) => {
    autostart.apply(settings.autostart);
    shortcut.apply(settings.shortcut);
  });
  agent.onNotify(notifier.show);
  briefing.ability('notifications', notifier.ability());
  watchPower(agent.send);
  endGracefully(agent);
  agent.start();
  if (launch.open) window.open();
  app.on('second-instance', (_event, _argv, _cwd, second) => {
    if (!isHidden(second)) window.open();
  });
  // Without a window the program goes on: its place is the tray.
  app.on('window-all-closed', () => undefined);
}

/** What the user chose in the tray. */
function chosen(agent: AgentProcess, window: DashboardWindow, about: About): (choice: TrayChoice) => void {
  return (choice) => {
    switch (choice.kind) {
      case 'open':
        return window.open();
      case 'settings':
        return window.open('#/settings');
      case 'about':
        return about.show();
      case 'start':
        return agent.start();
      case 'pause':
      case 'resume':
        return agent.send(choice);
      case 'quit':
        return app.quit();
      default:
        return choice satisfies never;
    }
  };
}

function showTray(tray: AgentTray, window: DashboardWindow, briefing: Briefing, hidden: boolean): void {
  if (process.platform !== 'linux') return tray.appear();
  const told = trayOrWindow({
    appear: tray.appear,
    openWindow: window.open,
    notice: (text) => briefing.notice('tray', 'warning', text),
    say: (line) => console.error(`SecLyzer: ${line}`),
    memory: createTrayMemory(path.join(app.getPath('userData'), 'tray.json')),
    hidden,
  });
  const limitMs = hidden ? TRAY_HOST_LIMIT_MS.hidden : TRAY_HOST_LIMIT_MS.shown;
  void followTrayHost({ connect: () => connectBus('session', process.env), limitMs, ...told });
}

function isHidden(second: unknown): boolean {
  return typeof second === 'object' && second !== null && 'hidden' in second && second.hidden === true;
}
