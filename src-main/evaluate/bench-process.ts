// The built program in, a running agent out, as a process of its own: how long it took to be ready, and a way to end it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface AgentProcess {
  readonly pid: number;
  /** Of its dashboard, with the token. */
  readonly url: URL;
  /** From the spawn to the line that names the dashboard. */
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
}

const READY_LINE = 'SecLyzer dashboard: ';
const STOP_WITHIN_MS = 5000;
const READY_WITHIN_MS = 30_000;

/**
 * @param cliFile the bundled command line.
 * @param args of `seclyzer run`.
 * @throws Error with what the program said when it ends before it is ready, or is not ready in time.
 */
export async function startAgentProcess(cliFile: string, args: readonly string[]): Promise<AgentProcess> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [cliFile, 'run', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutDisplay(process.env),
  });
  let url: URL;
  try {
    url = await ready(child);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const readyMs = performance.now() - startMs;
  if (child.pid === undefined) throw new Error('the agent has no process id');
  return { pid: child.pid, url, readyMs, stop: () => stop(child) };
}

async function ready(child: ChildProcess): Promise<URL> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the agent was started without pipes');
  let said = '';
  stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
  const lines = createInterface({ input: stdout });
  const shown = new Promise<URL>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith(READY_LINE)) resolve(new URL(line.slice(READY_LINE.length)));
    });
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`the agent ended before it was ready: ${said.trim()}`);
  });
  const late = AbortSignal.timeout(READY_WITHIN_MS);
  const timeout = once(late, 'abort').then(() => {
    throw new Error(`the agent was not ready within ${READY_WITHIN_MS / 1000} s`);
  });
  return await Promise.race([shown, ended, timeout]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(patience);
}

/** Nobody's own input is measured, and the figure is the same on every machine. */
function withoutDisplay(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = env;
  return rest;
}
