// Whether the runtimes are there: Node, SQLite, the model runtime and Electron.
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOnnxRuntime } from '../../agent/infer/onnx-runtime.ts';
import { askProgram } from './ask-program.ts';
import type { Check } from './capability.ts';

const INSTALL_AGAIN = 'Install the packages again: npm ci';
/** What better-sqlite3 needs. */
const NEEDED_NODE_API = 10;

export const node: Check = async () => {
  const { node: version, napi } = process.versions;
  // cli.ts has refused an older one already.
  return { state: 'works', detail: `${version}, Node-API ${napi}, ${process.platform} ${process.arch}`, fix: null };
};

export const sqlite: Check = async () => {
  try {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(':memory:');
    const version = String(database.prepare('select sqlite_version()').pluck().get());
    database.close();
    return { state: 'works', detail: version, fix: null };
  } catch (error) {
    return { state: 'missing', detail: firstLine(error), fix: INSTALL_AGAIN };
  }
};

export const onnx: Check = async () => {
  try {
    const { env } = await loadOnnxRuntime();
    return { state: 'works', detail: `ONNX Runtime ${env.versions.node ?? env.versions.common}`, fix: null };
  } catch (error) {
    return { state: 'missing', detail: firstLine(error), fix: INSTALL_AGAIN };
  }
};

/** @param root the folder of package.json */
export const electron =
  (root: string, env: NodeJS.ProcessEnv): Check =>
  async () => {
    const dist = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist');
    const binary = join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
    const version = await readFile(join(dist, 'version'), 'utf8').catch(() => null);
    if (version === null || !(await exists(binary))) {
      const detail = 'no runtime here; the dashboard opens in the browser instead, without a tray';
      return { state: 'missing', detail, fix: 'npx install-electron' };
    }
    const asNode = { ...env, ELECTRON_RUN_AS_NODE: '1' };
    const found = await askProgram(binary, ['-p', 'process.versions.napi'], asNode);
    const where = `${version.trim()} in ${dist}`;
    if (found.code !== 0) {
      const library = /(\S+\.so[.\d]*): cannot open shared object/.exec(found.stderr)?.[1];
      const detail = library === undefined ? `${where} does not start` : `${where} needs ${library}`;
      return { state: 'missing', detail, fix: 'sudo apt-get install libnss3 libgtk-3-0 libgbm1 libasound2' };
    }
    const napi = Number(found.stdout);
    if (napi >= NEEDED_NODE_API) return { state: 'works', detail: `${where}, Node-API ${napi}`, fix: null };
    const detail = `${where} has Node-API ${napi}, older than ${NEEDED_NODE_API}: the agent must run under another Node`;
    return { state: 'partly', detail, fix: 'Set SECLYZER_AGENT_NODE to Node 22.14 or later; npm start does.' };
  };

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
