// Makes a checkout ready to run: packages installed, sources built. In: a checkout in any state. Out: nothing, or an Error.
// Does nothing, and needs no network, when nothing has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSystemNode, inRoot, projectNode, ROOT } from './paths.mjs';

/** Written beside the packages after they were installed: the hash of the lock file that they were installed from. */
const STAMP = inRoot('node_modules', '.seclyzer-lock');
/** Written by build.mjs last. */
export const BUILT = inRoot('out', '.built');

/** @param {{ say?: (line: string) => void }} options where to say what takes long; by default on stderr */
export function prepare({ say = onStderr } = {}) {
  ensureInstalled(say);
  if (!built()) build();
}

/** The packages alone. */
export function ensureInstalled(say = onStderr) {
  checkSystemNode();
  if (!installed()) install(say);
}

function onStderr(line) {
  process.stderr.write(`${line}\n`);
}

function installed() {
  const npmStamp = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(npmStamp)) return false;
  if (existsSync(STAMP)) return readFileSync(STAMP, 'utf8') === lockHash();
  // Installed by hand: then npm's own record is younger than the lock file.
  return statSync(npmStamp).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs;
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');

function install(say) {
  // npm ci empties what a link points to, and somebody else may be using it.
  if (lstatSync(inRoot('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new Error(
      'node_modules is a link, and what it leads to is not what package-lock.json asks for. Install there: npm ci',
    );
  say('Installing the packages; this takes a minute the first time.');
  // ONNX Runtime would download a GPU library, Playwright browsers: neither is used.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // The npm that runs this script, on its own Node: the one in node_modules is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const [command, ...first] = npm !== undefined && node !== undefined ? [node, npm] : ['npm'];
  const result = spawnSync(command, [...first, ...args], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0)
    throw new Error('The packages could not be installed; npm has said why above. Run it again: npm ci');
  writeFileSync(STAMP, lockHash());
}

function built() {
  return existsSync(BUILT) && newestSourceMs() <= statSync(BUILT).mtimeMs;
}

function build() {
  const script = inRoot('src-main', 'setup', 'build.mjs');
  const result = spawnSync(projectNode(), [script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) throw new Error('The sources could not be built; the reason stands above.');
}

function newestSourceMs() {
  const files = ['src-main', 'src-preload', 'src-renderer'].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  return Math.max(
    ...[...files, inRoot('package.json'), inRoot('package-lock.json')].map((file) => statSync(file).mtimeMs),
  );
}
