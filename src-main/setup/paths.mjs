// Where things lie, for the set-up scripts. These are plain JavaScript without dependencies: they run on the system's Node,
// before anything is installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts) => join(ROOT, ...parts);

const [major, minor] = process.versions.node.split('.').map(Number);

/** The Node that everything but these scripts runs on: the npm package `node`, else this one if it is new enough. */
export function projectNode() {
  const own = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (major > 22 || (major === 22 && minor >= 14)) return process.execPath;
  throw new Error(`Node 24 is missing in ${inRoot('node_modules')}. Install the packages again: npm ci`);
}

/** @throws Error with what to do when this Node is too old even for the set-up */
export function checkSystemNode() {
  if (major < 20) throw new Error(`SecLyzer's set-up needs Node 20 or later; this is ${process.versions.node}.`);
}
