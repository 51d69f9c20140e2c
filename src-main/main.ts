// The tray application: enters the command line, leaves a running shell, or in one line why there can be none.
import { homedir } from 'node:os';
import path from 'node:path';
import { Menu, app } from 'electron';
import { MisuseError, readArguments } from './shell/arguments.ts';
import { claimScheme } from './shell/page.ts';
import { runShell } from './shell/run.ts';

/** Bundled, this file is out/main/main.js. */
const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** What the database needs; on an older Node-API it takes the process down with it. */
const NODE_API_NEEDED = 10;

function refuse(reason: string, exitCode: 1 | 2): void {
  console.error(`SecLyzer: ${reason}`);
  app.exit(exitCode);
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
  void app.whenReady().then(() => runShell({ root: ROOT, launch, agentNode }));
}

try {
  main();
} catch (error) {
  if (!(error instanceof MisuseError)) throw error;
  refuse(error.message, 2);
}
