// For tests: the command line as a process of its own, as a user runs it. In: a home folder, arguments. Out: what it printed and
// its exit code.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const RENDERER = fileURLToPath(new URL('../../out/renderer/index.html', import.meta.url));

/** Why `run` can't be tested here; false when it can. */
export const NOT_BUILT = existsSync(RENDERER) ? false : 'the dashboard is not built: npm run build';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Without a display and a session bus, so that nothing depends on the machine. */
export function startCli(home: string, args: readonly string[]): ChildProcess {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, HOME: home, XDG_DATA_HOME: join(home, 'share'), NO_COLOR: '1' };
  return spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A home folder of its own for the tests of one file, gone when they are over, and the command line in it. */
export function cliWithHome(): {
  readonly dir: string;
  readonly start: (...args: string[]) => ChildProcess;
  readonly cli: (...args: string[]) => Promise<Ended>;
} {
  const dir = mkdtempSync(join(tmpdir(), 'seclyzer-cli-'));
  after(() => rmSync(dir, { recursive: true }));
  const start = (...args: string[]): ChildProcess => startCli(dir, args);
  return { dir, start, cli: (...args) => ended(start(...args)) };
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (err += part));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Resolves with the first line of stdout or stderr, or rejects with what a process that ends before has said. */
export function firstLine(child: ChildProcess, stream: 'stdout' | 'stderr'): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child[stream]?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('close', (code) => reject(new Error(`ended with code ${code}: ${text}`)));
  });
}
