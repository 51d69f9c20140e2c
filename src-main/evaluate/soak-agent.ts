// The built program in, a running agent that lives faster out; what it writes to its error stream is kept, for it should write nothing there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Inside } from './soak-inside.ts';

export interface SoakAgent {
  readonly pid: number;
  readonly url: URL;
  readonly complaints: () => readonly string[];
  /** How it ended; null while it runs. */
  readonly ended: () => string | null;
  /** @returns the exit code, or the signal that it had to be ended with. */
  readonly stop: () => Promise<number | string>;
}

export interface SoakAgentStart {
  readonly cliFile: string;
  /** Of soak-inside.ts, bundled. */
  readonly insideFile: string;
  readonly inside: Inside;
  readonly args: readonly string[];
}

const READY_LINE = 'SecLyzer dashboard: ';
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const COMPLAINTS_KEPT = 200;

/** @throws Error with what the program said when it is not ready in time. */
export async function startSoakAgent({ cliFile, insideFile, inside, args }: SoakAgentStart): Promise<SoakAgent> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', insideFile, cliFile, 'run', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own: Ctrl-C is for what drives it, which then stops it once.
    detached: true,
    env: { ...env, SECLYZER_SOAK: JSON.stringify(inside) },
  });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (complaints.length < COMPLAINTS_KEPT) complaints.push(line);
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const url = await Promise.race([
    new Promise<URL>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith(READY_LINE)) resolve(new URL(line.slice(READY_LINE.length)));
      });
    }),
    exited.then(() => null),
    once(AbortSignal.timeout(READY_WITHIN_MS), 'abort').then(() => null),
  ]);
  if (url === null || child.pid === undefined) {
    child.kill('SIGKILL');
    throw new Error(`the agent did not get ready: ${complaints.join('\n')}`);
  }
  const { pid } = child;
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    ...{ pid, url, complaints: () => complaints },
    ended: () => (isOver() ? String(child.exitCode ?? child.signalCode) : null),
    stop: async () => {
      if (!isOver()) child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const [code, signal] = await exited;
      clearTimeout(patience);
      return code ?? signal ?? 'unknown';
    },
  };
}
