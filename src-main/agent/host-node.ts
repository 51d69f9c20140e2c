// The browser host: the agent under plain Node with its dashboard on a loopback port. In: options. Out: its address, and
// the agent runs until a stop signal. The other host is host-electron.ts.
import type { AgentOptions } from '../../src-preload/contract.ts';
import { startAgent, type Agent } from './agent.ts';
import { createDesktopNotifier, type DesktopNotifier } from './desktop-notifier.ts';
import { openBrowser } from './open-browser.ts';
import { keepOutOfDumps } from '../no-dumps.ts';
import { randomToken } from './publish/links.ts';
import { PortTaken } from './publish/listen.ts';
import { readRuntime, removeRuntime, writeRuntime } from './publish/runtime-file.ts';
import { startServer, type DashboardServer } from './publish/server.ts';
import { TRAY_ONLY } from './settings-desk.ts';
import { boundYoungest, preferSmallHeap } from './small-heap.ts';
import { nextStopSignal } from './stop-signal.ts';
import { AlreadyRunning } from './store/data-lock.ts';
import { messageOf } from './thrown.ts';

export interface HostStart {
  readonly options: AgentOptions;
  readonly version: string;
  /** The folder of the built dashboard. */
  readonly rendererDir: string;
  readonly port?: number;
  /** Whether to open the dashboard in a browser. */
  readonly open: boolean;
}

/** Where the agent is to be reached. */
export interface HostAddress {
  /** Opens the dashboard; carries the token. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly version: string;
}

export interface HostOutput {
  readonly started: (address: HostAddress) => void;
  readonly stopping: () => void;
  readonly warn: (line: string) => void;
}

/** @returns the exit code: 0 after a stop signal, 1 when it could not start, with the reason said. */
export async function runHost(start: HostStart, output: HostOutput): Promise<0 | 1> {
  const stopSignal = nextStopSignal();
  // Everything that the agent writes is its owner's alone.
  process.umask(0o077);
  const dumps = keepOutOfDumps();
  if (dumps !== null) output.warn(`Should SecLyzer crash, ${dumps}.`);
  boundYoungest();
  let agent: Agent;
  let notifier: DesktopNotifier | null = null;
  try {
    agent = await startAgent({
      ...start,
      onNotification: (notification) => notifier?.show(notification),
    });
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    await sayAlreadyRunning(start, error, output);
    return 1;
  }
  try {
    return await serve(start, agent, stopSignal, output, (made) => (notifier = made));
  } finally {
    await agent.stop();
  }
}

/** What happens at the desktop while the dashboard is closed. A click opens it at the event. */
async function connectDesktop(agent: Agent, open: (link: string) => Promise<void>): Promise<DesktopNotifier> {
  let notifier: DesktopNotifier | null = null;
  const changed = (): void => {
    if (notifier !== null)
      agent.setAbilities({ notifications: notifier.ability(), autostart: TRAY_ONLY, shortcut: TRAY_ONLY });
  };
  notifier = await createDesktopNotifier({
    env: process.env,
    onOpen: (link) => void open(link),
    tell: (text) => agent.notice('notifications', 'warning', text),
    changed,
  });
  changed();
  return notifier;
}

async function serve(
  start: HostStart,
  agent: Agent,
  stopSignal: Promise<string>,
  output: HostOutput,
  connected: (notifier: DesktopNotifier) => void,
): Promise<0 | 1> {
  const { version, rendererDir, port, options } = start;
  const token = randomToken();
  const uptimeS = (): number => Math.floor(process.uptime());
  const health = () => ({ status: 'ok', version, state: agent.state(), uptimeS: uptimeS() }) as const;
  let server: DashboardServer;
  try {
    server = await startServer({ agent, health, rendererDir, token, ...(port === undefined ? {} : { port }) });
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    output.warn(error.message);
    return 1;
  }
  const { newLink } = server;
  const desktop = connectDesktop(agent, (link) => openOrSay(`${newLink()}${link}`, output));
  void desktop.then(connected);
  try {
    const startedMs = Math.round(performance.timeOrigin);
    const { pid } = process;
    await writeRuntime(options.dataDir, { pid, port: server.port, token, version, startedMs });
    output.started({ url: server.url, port: server.port, pid, version });
    preferSmallHeap();
    if (start.open) await openOrSay(server.newLink(), output);
    await stopSignal;
    output.stopping();
    return 0;
  } finally {
    await removeRuntime(options.dataDir, process.pid);
    await server.close();
    await (await desktop).stop();
  }
}

async function sayAlreadyRunning(start: HostStart, running: AlreadyRunning, output: HostOutput): Promise<void> {
  const who = running.pid === null ? '' : ` (pid ${running.pid})`;
  output.warn(`SecLyzer is already running on this data${who}${running.url === null ? '.' : `: ${running.url}`}`);
  if (!start.open) return;
  const link = await linkOfRunning(start.options.dataDir);
  if (link === null) output.warn('Its dashboard could not be opened from here. Open it from the tray.');
  else await openOrSay(link, output);
}

/** Asks the running agent for a link that works once; null when it serves no browser or does not answer. */
async function linkOfRunning(dataDir: string): Promise<string | null> {
  const runtime = await readRuntime(dataDir);
  if (runtime === null) return null;
  const answer = await fetch(`http://127.0.0.1:${runtime.port}/link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${runtime.token}` },
    signal: AbortSignal.timeout(3000),
  }).catch(() => null);
  if (answer?.ok !== true) return null;
  const { url } = (await answer.json()) as { readonly url?: unknown };
  return typeof url === 'string' ? url : null;
}

async function openOrSay(link: string, output: HostOutput): Promise<void> {
  try {
    await openBrowser(link);
  } catch (error) {
    output.warn(messageOf(error));
  }
}
