// Serves the commands of the agent's owner where no port is open: a local socket in the data folder, for the owner alone.
// In: the agent. Out: a greeting to whoever connects, then one line of JSON a message, as line.ts has them.
import { lstatSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { LineAgent, LineEnd } from './line.ts';
import { serveLine } from './line.ts';
import { localAddress } from './local-socket-path.ts';
import { createLineSplitter, LineTooLong, toLine, type Greeting } from './local-socket-wire.ts';

/** Requests are short; the browser host reads as much of one. */
export const REQUEST_CHARACTERS_AT_MOST = 64 * 1024;
/** Commands at once. */
export const CONNECTIONS_AT_MOST = 16;
/** Whoever has left this much unread when more is to be said does not read: more than any one answer holds. */
const BACKLOG_BYTES = 1024 * 1024;

export interface LocalAgent extends LineAgent {
  readonly pid: number;
  readonly version: string;
  readonly startedMs: number;
}

export interface LocalSocket {
  /** Cuts off whoever is connected; resolves when the socket is gone. */
  readonly close: () => Promise<void>;
}

/**
 * Starts to serve. Whoever calls holds the lock of the data folder, so that a socket found there belongs to no living agent.
 * @throws Error when there can be no socket, with the reason in words
 */
export async function listenLocally(dataDir: string, agent: LocalAgent): Promise<LocalSocket> {
  const { path, release } = localAddress(dataDir);
  const open = new Set<Socket>();
  const server = createServer((socket) => accept(socket, open, agent));
  try {
    removeStale(path);
    await listen(server, path);
  } catch (error) {
    release();
    throw error;
  }
  // Too many open files, say: the next command may fare better.
  server.on('error', (error) => console.error(`A command could not be served: ${error.message}`));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          release();
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}

function removeStale(path: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`${path} is in the way and is no socket. Move it elsewhere.`);
  rmSync(path);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The data folder may be open to others (`--data /tmp`). The file is made before `listen` returns, and a change of its mode
    // afterwards would leave them a moment to come in.
    const before = process.umask(0o177);
    try {
      server.listen({ path }, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  });
}

function accept(socket: Socket, open: Set<Socket>, agent: LocalAgent): void {
  // What broke a connection does not matter: it closes, and that is seen to below.
  socket.on('error', () => socket.destroy());
  if (open.size >= CONNECTIONS_AT_MOST) {
    const refusal: Greeting = { ok: false, error: 'Too many commands are talking to SecLyzer. End one of them.' };
    socket.end(toLine(refusal), () => socket.destroy());
    return;
  }
  open.add(socket);
  socket.once('close', () => open.delete(socket));
  const { pid, version, startedMs } = agent;
  const greeting: Greeting = { ok: true, pid, version, startedMs };
  socket.write(toLine(greeting));
  serveLine(socketLine(socket), agent);
}

function socketLine(socket: Socket): LineEnd {
  // Whoever leaves answers unread gets no new ones made.
  socket.on('drain', () => socket.resume());
  return {
    send: (message) => {
      if (socket.writableLength > BACKLOG_BYTES) socket.destroy();
      else if (!socket.write(toLine(message))) socket.pause();
    },
    onMessage: (listener) => {
      const split = createLineSplitter(REQUEST_CHARACTERS_AT_MOST);
      socket.on('data', (bytes) => {
        try {
          for (const line of split(bytes)) listener(parse(line));
        } catch (error) {
          if (!(error instanceof LineTooLong)) throw error;
          socket.destroy();
        }
      });
    },
    onClose: (listener) => socket.once('close', listener),
  };
}

/** What is no JSON is no request either, and is passed over like one. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
