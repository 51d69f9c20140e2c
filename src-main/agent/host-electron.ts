// The agent's process under the tray application: an Electron utility process, or a child process of plain Node.
// Enters: messages of the shell. Leaves: `ready`, a heartbeat, the status for the tray, and the lines of dashboards and commands.
import type { AgentOptions, MainMessage } from '../../src-preload/contract.ts';
import { startAgent, type Agent, type Status } from './agent.ts';
import { connectParent } from './parent.ts';
import { keepOutOfDumps } from '../no-dumps.ts';
import { serveLine, type LineEnd } from './publish/line.ts';
import { listenLocally, type LocalSocket } from './publish/local-socket.ts';
import { relayedLines } from './relayed-lines.ts';
import { preferSmallHeap } from './small-heap.ts';
import { AlreadyRunning } from './store/data-lock.ts';
import { StoreError } from './store/store-error.ts';
import { messageOf } from './thrown.ts';

/** The shell takes an agent for hung that is silent for six of these. */
const HEARTBEAT_MS = 5000;

const [, , version = 'unknown'] = process.argv;
const dumps = keepOutOfDumps();
if (dumps !== null) console.error(`Should the agent crash, ${dumps}.`);
preferSmallHeap();
const parent = connectParent();
const relayed = relayedLines(parent);
let agent: Promise<Agent> | null = null;
let commands: Promise<LocalSocket | null> | null = null;
let ending = false;
let shown = '';

async function start(options: AgentOptions): Promise<void> {
  if (agent !== null) throw new Error('The agent was told to start twice.');
  setInterval(() => void parent.send({ kind: 'heartbeat', atMs: Date.now() }), HEARTBEAT_MS).unref();
  agent = startAgent({
    options,
    version,
    onStatus: tellStatus,
    onNotification: (notification) => void parent.send({ kind: 'notify', notification }),
    onSettings: (settings) => void parent.send({ kind: 'settings', settings }),
    // The shell, with the window and all that Electron brings, is part of what the user pays.
    otherPids: [process.ppid],
  });
  const started = await agent;
  await parent.send({ kind: 'ready', version, pid: process.pid });
  if (!ending) commands = serveCommands(options.dataDir, started);
}

/** The tray shows whole points: what looks as before does not wake its process once a second. */
function tellStatus(status: Status): void {
  const now = JSON.stringify({ ...status, trust: status.trust === null ? null : Math.floor(status.trust) });
  if (now === shown) return;
  shown = now;
  void parent.send({ kind: 'status', ...status });
}

/** Null when commands can't reach the agent, which costs nobody but them anything. */
async function serveCommands(dataDir: string, agent: Agent): Promise<LocalSocket | null> {
  try {
    return await listenLocally(dataDir, { ...agent, version, startedMs: Math.round(performance.timeOrigin) });
  } catch (error) {
    console.error(`seclyzer status, enrol and train can't reach this agent: ${messageOf(error)}`);
    return null;
  }
}

async function connect(line: LineEnd): Promise<void> {
  if (agent === null) throw new Error('A dashboard was connected before the agent was started.');
  serveLine(line, await agent);
}

/** What the tray's user chose. A refusal is shown where its user looks next. */
async function choose(call: (agent: Agent) => Promise<unknown>): Promise<void> {
  const running = await agent;
  if (running === null) return;
  await call(running).catch((error: unknown) => running.notice('choice', 'warning', messageOf(error)));
}

async function stop(): Promise<void> {
  if (ending) return;
  ending = true;
  // Before the agent gives its data folder up: the socket that is there afterwards is that of the next one.
  await (await commands)?.close();
  await (await agent)?.stop();
  await parent.send({ kind: 'stopped' });
  process.exit(0);
}

/** Somebody else has to do something before another start can succeed. */
function isPermanent(error: unknown): boolean {
  if (error instanceof AlreadyRunning) return true;
  return error instanceof StoreError && ['denied', 'read-only', 'newer', 'runtime', 'locked'].includes(error.kind);
}

/** What went wrong is told to the shell, which shows it; it starts the agent again, or says why it does not. */
async function fail(error: unknown): Promise<void> {
  ending = true;
  // What is understood is said in its own words; a stack is for what is not. It must not show an address with its token.
  const understood = error instanceof AlreadyRunning || error instanceof StoreError;
  console.error(understood ? messageOf(error) : error);
  await parent.send({ kind: 'failed', reason: messageOf(error).slice(0, 2000), permanent: isPermanent(error) });
  process.exit(1);
}

function receive(message: MainMessage, line: LineEnd | null): Promise<void> | void {
  switch (message.kind) {
    case 'start':
      return start(message.options);
    case 'connect':
      return connect(line ?? relayed.open(message.channel));
    case 'line':
      return relayed.deliver(message.channel, message.data);
    case 'disconnect':
      return relayed.close(message.channel);
    case 'stop':
      return stop();
    case 'pause':
      return choose(({ handlers }) => handlers.pause({ minutes: message.minutes }));
    case 'resume':
      return choose(({ handlers }) => handlers.resume(null));
    case 'abilities':
      return choose(async ({ setAbilities }) => setAbilities(message.abilities));
    case 'notice':
      return choose(async ({ notice }) => notice(message.about, message.level, message.text));
    case 'session':
      return choose(async ({ session }) => session(message.event));
    default:
      return message satisfies never;
  }
}

// A rejection nobody handled must not leave half an agent behind: Electron would only warn.
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
// Ctrl-C reaches every process of a terminal; the shell hears it too and says when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void stop());
parent.onGone(() => void stop());
parent.onMessage((message, line) => void receive(message, line));
