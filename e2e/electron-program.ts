// Enters: an Electron runtime, official or not. Leaves: a folder in which it runs an application, by default this repository, as a
// package would.
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
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

/** A runtime that is linked shares its pages in memory with every other program that runs on it; one that is copied does not. */
export type RuntimeFiles = 'linked' | 'copied';

/**
 * Lays the runtime out anew under `folder`, with `application` as resources/app.
 * @returns the path of its program
 */
export function layOutElectron(folder: string, application: string = ROOT, files: RuntimeFiles = 'linked'): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  for (const name of readdirSync(RUNTIME)) {
    const [from, to] = [path.join(RUNTIME, name), path.join(folder, name)];
    if (name === 'resources' || name === 'electron') continue;
    if (files === 'copied') cpSync(from, to, { recursive: true });
    else symlinkSync(from, to);
  }
  symlinkSync(application, path.join(folder, 'resources/app'));
  // Not a symbolic link: Electron looks for its resources beside the real file.
  const program = path.join(folder, 'electron');
  if (files === 'copied') copyFileSync(path.join(RUNTIME, 'electron'), program);
  else linkOrCopy(path.join(RUNTIME, 'electron'), program);
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
