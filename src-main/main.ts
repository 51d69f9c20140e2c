// The tray application: enters the command line, leaves a tray, the agent's process, and a window when somebody wants one.
import { homedir } from 'node:os';
import path from 'node:path';
import { Menu, app } from 'electron';
import { startUnderNode, type AgentProgram } from './shell/agent-child.ts';
import { createAgentProcess } from './shell/agent-process.ts';
import { startUtility } from './shell/agent-utility.ts';
import { MisuseError, readArguments, type LaunchArguments } from './shell/arguments.ts';
import { openBorder } from './shell/border.ts';
import { claimScheme, servePage } from './shell/page.ts';
import { createTray } from './shell/tray.ts';
import { createDashboardWindow } from './shell/window.ts';

/** Bundled, this file is out/main/main.js. */
const ROOT = path.resolve(import.meta.dirname, '..', '..');
const FLUSH_MS = 3000;
/** What the database needs; on an older Node-API it takes the process down with it. */
const NODE_API_NEEDED = 10;

function refuse(reason: string, exitCode: 1 | 2): void {
  console.error(`SecLyzer: ${reason}`);
  app.exit(exitCode);
}

function run(launch: LaunchArguments, agentNode: string | undefined): void {
  const { dataDir, source, enrol } = launch;
  const program: AgentProgram = {
    file: path.join(ROOT, 'out/main/agent-host.js'),
    version: app.getVersion(),
    env: process.env,
  };
  const spawn = () => (agentNode === undefined ? startUtility(program) : startUnderNode(program, agentNode));
  const agent = createAgentProcess(spawn, { dataDir, modelsDir: path.join(ROOT, 'models'), source, enrol });

  servePage(path.join(ROOT, 'out/renderer'));
  const window = createDashboardWindow(path.join(ROOT, 'out/preload/preload.cjs'));
  openBorder(agent, window.current);
  const tray = createTray(path.join(ROOT, 'assets'), {
    openDashboard: window.open,
    startAgent: agent.start,
    quit: () => app.quit(),
  });
  agent.onStatus(tray.show);
  agent.start();
  if (launch.open) window.open();

  app.on('second-instance', (_event, _argv, _cwd, second) => {
    if (!isHidden(second)) window.open();
  });
  // Without a window the program goes on: its place is the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    event.preventDefault();
    void agent.stop(FLUSH_MS).finally(() => app.exit(0));
  });
}

function isHidden(second: unknown): boolean {
  return typeof second === 'object' && second !== null && 'hidden' in second && second.hidden === true;
}

function main(): void {
  const agentNode = process.env['SECLYZER_AGENT_NODE'] || undefined;
  if (agentNode === undefined && Number(process.versions['napi']) < NODE_API_NEEDED) {
    const has = `This Electron (${process.versions['electron']}) has Node-API ${process.versions['napi']}`;
    return refuse(
      `${has}; the agent needs ${NODE_API_NEEDED}. Name a newer Node in SECLYZER_AGENT_NODE, or use Electron 42 or later.`,
      1,
    );
  }
  if (app.isReady()) {
    return refuse(
      'it was loaded after Electron was ready. Put it into the runtime as resources/app, or use "electron .".',
      1,
    );
  }
  const launch = readArguments(process.argv, process.cwd(), process.env, homedir());
  // Data of its own means a program of its own, beside the one that watches the owner.
  if (launch.ownData && !app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', path.join(launch.dataDir, 'shell'));
  if (!app.requestSingleInstanceLock({ hidden: launch.hidden })) {
    console.log(`SecLyzer is already running on ${launch.dataDir}${launch.hidden ? '' : '; its dashboard opens'}.`);
    return app.exit(0);
  }
  Menu.setApplicationMenu(null);
  // A page that changes once a second needs no graphics card, and some drivers (none at all, too) leave its window blank.
  app.disableHardwareAcceleration();
  claimScheme();
  void app.whenReady().then(() => run(launch, agentNode));
}

try {
  main();
} catch (error) {
  if (!(error instanceof MisuseError)) throw error;
  refuse(error.message, 2);
}
