// Enters: an Electron runtime, official or not. Leaves: a folder in which it runs this repository as its application, as a package would.
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const RUNTIME = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(ROOT, 'node_modules/electron/dist');
/** The first Electron whose own Node is new enough for the agent. */
const FIRST_WITH_AGENT = 42;

/** Why Electron cannot be tested here; null when it can. */
export function missingForElectron(): string | null {
  if (process.platform !== 'linux') return 'the tray is tested on Linux';
  if (!existsSync(path.join(RUNTIME, 'electron')))
    return 'no Electron runtime: npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH';
  return existsSync(path.join(ROOT, 'out/main/main.js')) ? null : 'not built: npm run build';
}

/**
 * Lays the runtime out anew under `folder`, with this repository as resources/app.
 * @returns the path of its program
 */
export function layOutElectron(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  for (const name of readdirSync(RUNTIME)) {
    if (name !== 'resources' && name !== 'electron') symlinkSync(path.join(RUNTIME, name), path.join(folder, name));
  }
  symlinkSync(ROOT, path.join(folder, 'resources/app'));
  // Not a symbolic link: Electron looks for its resources beside the real file.
  const program = path.join(folder, 'electron');
  linkOrCopy(path.join(RUNTIME, 'electron'), program);
  return program;
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    // Another file system, or one without links.
    console.error('Copying Electron, for it cannot be linked.', error);
    copyFileSync(from, to);
  }
}

/** What an older Electron needs to run the agent. */
export function agentEnvironment(): Record<string, string> {
  const version = readFileSync(path.join(RUNTIME, 'version'), 'utf8');
  const major = Number(/^v?(\d+)\./.exec(version)?.[1]);
  return major < FIRST_WITH_AGENT ? { SECLYZER_AGENT_NODE: process.execPath } : {};
}
