// The tray application: enters the command line, leaves a running shell, or in one line why there can be none.
import { homedir } from 'node:os';
import path from 'node:path';
import { Menu, app } from 'electron';
import { keepOutOfDumps } from './no-dumps.ts';
import { agentNode } from './shell/agent-node.ts';
import { MisuseError, readArguments } from './shell/arguments.ts';
import { resolveNothing } from './shell/page-guard.ts';
import { claimScheme } from './shell/page.ts';
import { runShell } from './shell/run.ts';

/** Bundled, this file is out/main/main.js. */
const ROOT = path.resolve(import.meta.dirname, '..', '..');

function refuse(reason: string, exitCode: 1 | 2): void {
  console.error(`SecLyzer: ${reason}`);
  app.exit(exitCode);
}

function main(): void {
  // The key of the data passes through here.
  const dumps = keepOutOfDumps();
  if (dumps !== null) console.error(`SecLyzer: should it crash, ${dumps}.`);
  const { electron, napi } = process.versions;
  const node = agentNode(process.env['SECLYZER_AGENT_NODE'], { electron, nodeApi: Number(napi) });
  if (node.kind === 'none') return refuse(node.reason, 1);
  if (node.kind === 'own' && node.ignored)
    console.error('SecLyzer: SECLYZER_AGENT_NODE is ignored: this Electron runs the agent itself.');
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
  resolveNothing();
  app
    .whenReady()
    .then(() => runShell({ root: ROOT, launch, agentNode: node.kind === 'named' ? node.file : undefined }))
    // An invisible program would go on, and keep every other start from being one that is seen.
    .catch((error: unknown) =>
      refuse(`it could not start: ${error instanceof Error ? error.message : String(error)}`, 1),
    );
}

try {
  main();
} catch (error) {
  if (!(error instanceof MisuseError)) throw error;
  refuse(error.message, 2);
}
