// What a kind of package needs besides the unpacked folder. In: the kind and the environment. Out: variables that tell
// electron-builder where its tool is, or the one reason why there is none.
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { CACHES, isCached, whyNoDownload } from './dist-download.mjs';
import { inRoot } from './paths.mjs';

/**
 * @param {string} kind
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ env: NodeJS.ProcessEnv } | { reason: string }>}
 */
export async function toolsFor(kind, env) {
  return TOOLS[kind](env);
}

const TOOLS = { 'tar.gz': archiver, deb: debianPackager, AppImage: appImageTools };

/** At its best, which is electron-builder's choice, gzip takes minutes for the last 2 %. */
const GZIP_LEVEL = '5';

/** npm's copy of 7-Zip, which electron-builder would otherwise download; it comes without the right to be run. */
function archiver(env) {
  const level = { ELECTRON_BUILDER_COMPRESSION_LEVEL: env.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? GZIP_LEVEL };
  if (env.ELECTRON_BUILDER_7ZIP_PATH) return { env: level };
  const { path7za } = createRequire(inRoot('package.json'))('7zip-bin');
  if (!isRunnable(path7za)) chmodSync(path7za, 0o755);
  return { env: { ...level, ELECTRON_BUILDER_7ZIP_PATH: path7za } };
}

/** The fpm that electron-builder downloads; where it can not, Debian's own tool does what fpm would have it do. */
async function debianPackager(env) {
  if (env.CUSTOM_FPM_PATH || env.USE_SYSTEM_FPM === 'true') return { env: {} };
  const reason = await whyNoTool('fpm@', env);
  if (reason === null) return { env: {} };
  if (spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status === 0) {
    return { env: { CUSTOM_FPM_PATH: inRoot('src-main', 'setup', 'fpm-by-dpkg-deb.mjs') } };
  }
  return { reason: `there is neither fpm nor dpkg-deb, and ${reason}` };
}

async function appImageTools(env) {
  if (env.APPIMAGE_TOOLS_PATH) return { env: {} };
  const reason = await whyNoTool('appimage@', env);
  return reason === null ? { env: {} } : { reason: `the AppImage runtime is not here, and ${reason}` };
}

/** @returns {Promise<string | null>} null when it is here, or can be fetched */
async function whyNoTool(name, env) {
  if (isCached(CACHES.tools, name)) return null;
  return whyNoDownload(env.ELECTRON_BUILDER_BINARIES_MIRROR);
}

function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
