// The command line's line to the agent of the tray application, over the local socket of the data folder.
// In: calls. Out: checked results and pushes. Every call has a connection of its own, so that no open one outlives its command.
import { lstatSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { checkPush, checkResponse, checkResult } from '../../src-preload/contract.ts';
import type { Push, Request, Response } from '../../src-preload/contract.ts';
import { localAddress, type LocalAddress } from '../agent/publish/local-socket-path.ts';
import { createLineSplitter, readGreeting, toLine, type Greeting } from '../agent/publish/local-socket-wire.ts';
import type { AgentLink } from './agent-link.ts';

/** An agent that trains is silent for some seconds. */
const GREETING_TIMEOUT_MS = 15_000;
/** Thirty days of history are a small part of it. */
const ANSWER_CHARACTERS_AT_MOST = 16 * 1024 * 1024;
const REQUEST_ID = 1;

interface Connection {
  readonly greeting: Extract<Greeting, { readonly ok: true }>;
  readonly send: (request: Request) => void;
  /** Ends when the agent does or the signal comes; whoever leaves the loop closes the connection. */
  readonly messages: AsyncIterable<unknown>;
  readonly close: () => void;
}

/** @returns null when nobody listens there. @throws Error when somebody does and does not serve us. */
export async function linkOverSocket(dataDir: string, callTimeoutMs: number): Promise<AgentLink | null> {
  const patience = AbortSignal.timeout(GREETING_TIMEOUT_MS);
  const probe = await openConnection(dataDir, patience);
  if (patience.aborted)
    throw new Error(`The agent on ${dataDir} does not answer. Quit it in the tray and start it anew.`);
  if (probe === null) return null;
  probe.close();
  const { pid, version, startedMs } = probe.greeting;
  return {
    pid,
    url: null,
    version,
    startedMs,
    call: async (name, ...arg) => {
      const request = { id: REQUEST_ID, call: name, arg: arg[0] ?? null };
      return checkResult(name, await ask(dataDir, request, AbortSignal.timeout(callTimeoutMs)));
    },
    pushes: (signal) => readPushes(dataDir, signal),
  };
}

async function ask(dataDir: string, request: Request, signal: AbortSignal): Promise<unknown> {
  const connection = await openConnection(dataDir, signal);
  connection?.send(request);
  for await (const message of connection?.messages ?? []) {
    const answer = checkMessage(message);
    if ('push' in answer || answer.id !== request.id) continue;
    if (!answer.ok) throw new Error(answer.error);
    return answer.result;
  }
  throw new Error(signal.aborted ? 'The agent did not answer in time.' : 'The agent stopped before it answered.');
}

async function* readPushes(dataDir: string, signal: AbortSignal): AsyncGenerator<Push> {
  const connection = await openConnection(dataDir, signal);
  for await (const message of connection?.messages ?? []) {
    const push = checkMessage(message);
    if ('push' in push) yield push;
  }
}

function checkMessage(message: unknown): Push | Response {
  return typeof message === 'object' && message !== null && 'push' in message
    ? checkPush(message)
    : checkResponse(message);
}

/** Null when nobody listens, or whoever did has gone, or the signal came. */
async function openConnection(dataDir: string, signal: AbortSignal): Promise<Connection | null> {
  const socket = await connectTo(dataDir, signal);
  if (socket === null) return null;
  const messages = readMessages(socket);
  const close = (): void => void socket.destroy();
  const first = await messages.next();
  if (first.done === true) return null;
  const greeting = readGreeting(first.value);
  if (greeting?.ok === true) {
    return { greeting, send: (request) => void socket.write(toLine(request)), messages, close };
  }
  close();
  throw new Error(greeting?.error ?? 'The agent is of another version than this command. Start SecLyzer anew.');
}

/** The other end may go at any time, which ends the messages and is no failure of ours. */
async function* readMessages(socket: Socket): AsyncGenerator {
  const split = createLineSplitter(ANSWER_CHARACTERS_AT_MOST);
  try {
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      for (const line of split(bytes)) yield JSON.parse(line) as unknown;
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    socket.destroy();
  }
}

const isGone = (error: unknown): boolean =>
  hasCode(error, 'ABORT_ERR', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE');

/** Null when there is no socket, or that of an agent which is dead. */
async function connectTo(dataDir: string, signal: AbortSignal): Promise<Socket | null> {
  let address: LocalAddress | undefined;
  try {
    address = localAddress(dataDir);
    const { path } = address;
    refuseForeign(path, dataDir);
    return await new Promise<Socket>((resolve, reject) => {
      const socket = connect({ path, signal });
      socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)));
    });
  } catch (error) {
    if (isGone(error) || hasCode(error, 'ENOENT', 'ECONNREFUSED')) return null;
    throw error;
  } finally {
    address?.release();
  }
}

/** In a folder that is open to others anybody could have made the socket, and make up the answers. */
function refuseForeign(path: string, dataDir: string): void {
  if (process.platform === 'win32' || lstatSync(path).uid === process.getuid?.()) return;
  throw new Error(`The agent on ${dataDir} belongs to another user, and answers to that one alone.`);
}

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
