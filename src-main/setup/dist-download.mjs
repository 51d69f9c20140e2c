// Whether electron-builder could fetch what it needs. It tries for most of a minute before it gives up; this asks first.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PROBE_LIMIT_MS = 5000;
const SOURCE = 'https://github.com/';
const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/** Where earlier downloads are kept. */
export const CACHES = {
  electron: process.env.electron_config_cache || join(cacheHome, 'electron'),
  tools: process.env.ELECTRON_BUILDER_CACHE || join(cacheHome, 'electron-builder'),
};

/**
 * @param {string} folder one of CACHES
 * @param {string} name of a file or folder anywhere below it, or what that begins with
 */
export function isCached(folder, name) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.name.startsWith(name));
}

/**
 * @param {string | undefined} mirror to be asked in place of GitHub
 * @returns {Promise<string | null>} null when it answers
 */
export async function whyNoDownload(mirror) {
  const { href, host } = new URL(mirror || SOURCE);
  try {
    await fetch(href, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return null;
  } catch (error) {
    return `${host} can not be reached (${error.cause?.code ?? error.message})`;
  }
}
