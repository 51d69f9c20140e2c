// Which Electron is packaged. In: the environment. Out: electron-builder's options for it, or the reason why there is none.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHES, isCached, whyNoDownload } from './dist-download.mjs';
import { FIRST_WITH_AGENT } from './electron.mjs';
import { inRoot } from './paths.mjs';

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ options: readonly string[], words: string } | { reason: string }>}
 */
export async function findRuntime(env) {
  const local = localRuntime(env);
  if (local !== null) return local;
  const { version } = JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8'));
  const zip = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const reason = isCached(CACHES.electron, zip) ? null : await whyNoDownload(env.ELECTRON_MIRROR);
  if (reason === null) return { options: [], words: `Electron ${version}` };
  const advice =
    'Run npx install-electron where downloads work, or name an unpacked one in ELECTRON_OVERRIDE_DIST_PATH.';
  return { reason: `there is no Electron runtime here, and ${reason}. ${advice}` };
}

function localRuntime(env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || inRoot('node_modules', 'electron', 'dist');
  const file = join(folder, 'version');
  if (!existsSync(file)) {
    if (!env.ELECTRON_OVERRIDE_DIST_PATH) return null;
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which is no Electron runtime: no file "version".`);
  }
  const version = readFileSync(file, 'utf8').trim().replace(/^v/, '');
  const options = [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
  if (Number.parseInt(version, 10) >= FIRST_WITH_AGENT) return { options, words: `Electron ${version} of ${folder}` };
  return {
    options: [...options, ...FOR_OLDER],
    words: `Electron ${version} of ${folder}, which is for tests alone: its Node is too old for the agent`,
  };
}

/**
 * The agent then runs under a plain Node (SECLYZER_AGENT_NODE), which can not read the archive; and the class of a window is not
 * yet the desktop name, but the product's (https://github.com/electron/electron/pull/51424).
 */
const FOR_OLDER = ['-c.asarUnpack=**/*', '-c.linux.desktop.entry.StartupWMClass=SecLyzer'];
