// Finds a way to run the tray application. In: the environment. Out: Electron's program, or the one reason why not.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { inRoot, projectNode } from './paths.mjs';

/** A download that takes longer than this is given up. */
const DOWNLOAD_TIMEOUT_MS = 180_000;
/** After a download that failed, the next one is tried a day later. */
const REFUSED = inRoot('node_modules', '.cache', 'seclyzer', 'electron-refused');
const REFUSED_FOR_MS = 24 * 3_600_000;
/** The first Electron whose Node has the Node-API that the SQLite library needs, with everything else that the agent is tested on. */
export const FIRST_WITH_AGENT = 42;

/**
 * @returns {Promise<{ program: string, env: NodeJS.ProcessEnv } | { reason: string }>} `env` is what it needs besides.
 */
export async function findElectron(env) {
  if (process.getuid?.() === 0) return { reason: 'Electron does not run as root' };
  const needsDisplay = process.platform === 'linux';
  if (needsDisplay && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'there is no display' };
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || inRoot('node_modules', 'electron', 'dist');
  if (!existsSync(programIn(dist)) && !(await download(env, programIn(dist)))) {
    return { reason: "Electron's runtime could not be downloaded (npx install-electron tries again)" };
  }
  return { program: programIn(dist), env: agentNode(dist) };
}

const PROGRAMS = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const programIn = (dist) => join(dist, PROGRAMS[process.platform] ?? 'electron');

/** An older Electron carries a Node that is too old for the agent, which then runs under the project's own. */
function agentNode(dist) {
  const version = existsSync(join(dist, 'version')) ? readFileSync(join(dist, 'version'), 'utf8') : '';
  const major = Number(/^v?(\d+)/.exec(version.trim())?.[1]);
  return major < FIRST_WITH_AGENT ? { SECLYZER_AGENT_NODE: projectNode() } : {};
}

/** @returns {Promise<boolean>} whether `program` is there now */
async function download(env, program) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH || refusedLately()) return false;
  process.stderr.write("Downloading Electron's runtime, about 120 MB, once.\n");
  const script = inRoot('node_modules', 'electron', 'install.js');
  const stdio = ['ignore', 'ignore', 'ignore'];
  const { code, signalled } = await run(projectNode(), [script], { stdio, timeoutMs: DOWNLOAD_TIMEOUT_MS });
  if (signalled) process.exit(130);
  if (code === 0 && existsSync(program)) return true;
  mkdirSync(dirname(REFUSED), { recursive: true });
  writeFileSync(REFUSED, '');
  return false;
}

const refusedLately = () => existsSync(REFUSED) && Date.now() - statSync(REFUSED).mtimeMs < REFUSED_FOR_MS;
