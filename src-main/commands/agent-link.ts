// The command line's line to the agent that runs on a data folder: over the port of the browser host, or over the local socket
// of the tray application (socket-link.ts). In: calls. Out: checked results and pushes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkPush, checkResult, type AgentClient, type Push } from '../../src-preload/contract.ts';
import { dashboardUrl, readRuntime, type Runtime } from '../agent/publish/runtime-file.ts';
import { linkOverSocket } from './socket-link.ts';
import { isAlive } from '../agent/process-alive.ts';
import { isInKeyring } from '../agent/store/data-key.ts';

export class NotRunning extends Error {}

export interface AgentLink {
  readonly pid: number;
  /** Opens the dashboard; null where only the tray does. */
  readonly url: string | null;
  readonly version: string;
  readonly startedMs: number;
  readonly call: AgentClient['call'];
  /** Every push from now on, beginning with a snapshot; ends when the agent does or the caller aborts. */
  readonly pushes: (signal: AbortSignal) => AsyncIterable<Push>;
}

/** How long a call may take; training is the longest one. */
const CALL_TIMEOUT_MS = 10 * 60_000;

/** @throws NotRunning when no agent answers for this folder */
export async function linkToAgent(dataDir: string): Promise<AgentLink> {
  const link = (await linkOverPort(dataDir)) ?? (await linkOverSocket(dataDir, CALL_TIMEOUT_MS));
  if (link === null) throw await notRunning(dataDir);
  return link;
}

/** Null when the browser host does not run on this folder. */
async function linkOverPort(dataDir: string): Promise<AgentLink | null> {
  const runtime = await readRuntime(dataDir);
  // The token is only sent to the process that wrote it down, not to whoever got the port after it.
  if (runtime === null || !isAlive(runtime.pid)) return null;
  const base = `http://127.0.0.1:${runtime.port}`;
  const health = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (health?.ok !== true) return null;
  return {
    pid: runtime.pid,
    url: dashboardUrl(runtime),
    version: runtime.version,
    startedMs: runtime.startedMs,
    call: async (name, ...arg) => checkResult(name, await post(base, runtime, name, arg[0] ?? null)),
    pushes: (signal) => readPushes(`${base}/events`, runtime.token, signal),
  };
}

/** Tells no agent at all apart from one that cannot be reached: it is about to start or stop, or could not open its socket. */
async function notRunning(dataDir: string): Promise<Error> {
  const how = isInKeyring(dataDir)
    ? "Start the tray application: the key to its data lies in the desktop's keyring."
    : 'Start it: seclyzer run';
  const beside = await runningBeside(dataDir);
  const none = new NotRunning(`SecLyzer is not running on ${dataDir}. ${beside ?? how}`);
  if (!existsSync(join(dataDir, 'lock.db'))) return none;
  const { AlreadyRunning, lockData } = await import('../agent/store/data-lock.ts');
  try {
    lockData(dataDir).release();
    return none;
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    return new Error(
      `SecLyzer runs on ${dataDir}, but takes no commands. Try again in a moment, or open its dashboard from the tray.`,
    );
  }
}

/** Invented, replayed and foreign input learns in a folder of its own, which who has started it need not know. */
async function runningBeside(dataDir: string): Promise<string | null> {
  for (const source of ['synthetic', 'replay', 'api', 'redis']) {
    const other = `${dataDir}-${source}`;
    const runtime = await readRuntime(other).catch(() => null);
    if (runtime !== null && isAlive(runtime.pid)) return `One runs on ${other}: add --data ${other}`;
  }
  return null;
}

async function post(base: string, { token }: Runtime, name: string, arg: unknown): Promise<unknown> {
  const answer = await fetch(`${base}/call/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ arg }),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const body = (await answer.json()) as { readonly result?: unknown; readonly error?: unknown };
  if (!answer.ok) throw new Error(typeof body.error === 'string' ? body.error : `the agent answered ${answer.status}`);
  return body.result;
}

async function* readPushes(url: string, token: string, signal: AbortSignal): AsyncGenerator<Push> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  if (!answer.ok || answer.body === null) throw new Error(`the agent answered ${answer.status}`);
  let pending = '';
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    pending += part;
    const messages = pending.split('\n\n');
    pending = messages.pop() ?? '';
    for (const message of messages) {
      // Our own server writes each push as one `data:` line; comments and `retry:` carry none.
      if (message.startsWith('data: ')) yield checkPush(JSON.parse(message.slice(6)));
    }
  }
}
