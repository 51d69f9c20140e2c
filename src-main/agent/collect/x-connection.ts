// Enters: the name of an X display. Leaves: one connection to its server, as promises that always settle, also when
// the server dies. Everything that SecLyzer asks of an X server goes through here; no other file imports `x11`.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { XClient, XDisplay } from 'x11';
import { codeOf } from '../thrown.ts';
import { connectXSocket, type XSocket } from './x-socket.ts';

/** Why a connection could not be made. `no server` and `no answer` mean that there is no usable X display. */
export class XConnectError extends Error {
  readonly kind: 'bad name' | 'no server' | 'no answer' | 'refused';
  constructor(kind: XConnectError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface XAddress {
  readonly display: string;
  /** A unix socket for a local display, host and port for a remote one. */
  readonly target: { readonly path: string } | { readonly host: string; readonly port: number };
}

export interface PropertyChange {
  readonly atom: number;
  /** X server milliseconds, CARD32. */
  readonly timeMs: number;
}

export interface XConnection {
  readonly root: number;
  readonly atom: (name: string) => Promise<number>;
  /** The bytes of a property, at most 4 KiB of them; empty when it is not set. Rejects when the window is gone. */
  readonly property: (window: number, atom: number) => Promise<Buffer>;
  /** Resolves when the server has confirmed that changes from now on are told. */
  readonly watchProperties: (window: number, listener: (change: PropertyChange) => void) => Promise<void>;
  /** Position and pressed buttons of the pointer, as one comparable word. */
  readonly pointer: () => Promise<string>;
  /** Milliseconds since the server last saw input; Infinity where it lacks the extension that tells (MIT-SCREEN-SAVER). */
  readonly idleMs: () => Promise<number>;
  /** Called once, when the server or `close` has ended the connection. */
  readonly onEnd: (listener: () => void) => void;
  readonly close: () => void;
}

const ANSWER_LIMIT_MS = 3000;
const ANY_TYPE = 0;
const PROPERTY_WORDS = 1024;
const X_TCP_PORT = 6000;
/** Masks of the X protocol. */
export const EVENTS = { keys: 0b11, pointer: 0b100_1100, structure: 1 << 17, propertyChange: 1 << 22 } as const;

/** Reads `:0`, `:0.1`, `unix:0`, `host:0`, `tcp/host:0`. @throws XConnectError (`bad name`) */
export function parseDisplay(display: string): XAddress {
  if (display === '') throw new XConnectError('bad name', 'DISPLAY is not set');
  const match = /^(?:(?<protocol>[a-z0-9]+)\/)?(?<host>[^/]*):(?<number>\d{1,5})(?:\.\d+)?$/.exec(display);
  if (match?.groups === undefined) throw new XConnectError('bad name', 'DISPLAY is not of the form host:number');
  const { protocol = '', host = '', number = '' } = match.groups;
  const local = protocol === 'unix' || (protocol === '' && (host === '' || host === 'unix'));
  if (local) return { display, target: { path: `/tmp/.X11-unix/X${number}` } };
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return { display, target: { host: bare === '' ? 'localhost' : bare, port: X_TCP_PORT + Number(number) } };
}

/** A connection that is set up, for what speaks an extension of the protocol itself. */
export interface OpenX {
  readonly client: XClient;
  readonly root: number;
  /** Of the whole screen, in pixels, as it was at the set-up. */
  readonly width: number;
  readonly height: number;
  /** One request whose answer is waited for; rejects when the connection ends before it. */
  readonly ask: <T>(send: (reply: Reply<T>) => void) => Promise<T>;
  readonly restAfterwards: XSocket['restAfterwards'];
  readonly onEnd: XConnection['onEnd'];
  readonly close: () => void;
}

/**
 * Connects and completes the connection set-up.
 * @throws XConnectError
 */
export async function connectX(display: string, answerLimitMs = ANSWER_LIMIT_MS): Promise<XConnection> {
  return connectionOver(await openX(display, answerLimitMs));
}

/** @throws XConnectError */
export async function openX(display: string, answerLimitMs = ANSWER_LIMIT_MS): Promise<OpenX> {
  const address = parseDisplay(display);
  await checkAuthorityFile(process.env['XAUTHORITY']);
  const { createClient } = await import('x11');
  const xSocket = connectXSocket(address.target);
  const { socket } = xSocket;
  const ready = Promise.withResolvers<XDisplay>();
  const fail = (error: unknown): void => ready.reject(describe(error, display));
  const timer = setTimeout(
    () => ready.reject(new XConnectError('no answer', `the X server on ${display} does not answer`)),
    answerLimitMs,
  );
  try {
    // The socket is ours so that it can be bounded and closed, and so that a missing one does not become a try over TCP.
    // `auth: undefined` has the client look the cookie up as usual; without the key it would send none.
    const client = createClient(
      { display, stream: socket, auth: undefined, disableBigRequests: true },
      (error, opened) => (error === undefined ? ready.resolve(opened) : fail(error)),
    );
    // A refusal comes here during set-up; later errors belong to no request of ours, and the connection is then useless.
    client.on('error', (error) => {
      fail(error);
      socket.destroy();
    });
    return opened(await ready.promise, xSocket);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** `x11` throws out of a callback, where nobody can catch it, when the cookie file exists but can't be read. */
async function checkAuthorityFile(fromEnvironment: string | undefined): Promise<void> {
  const path =
    fromEnvironment === undefined || fromEnvironment === '' ? join(homedir(), '.Xauthority') : fromEnvironment;
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw new XConnectError('refused', `the X authority file can not be read (${codeOf(error)})`);
  }
}

function describe(error: unknown, display: string): XConnectError {
  const code = codeOf(error);
  if (code === 'EACCES') return new XConnectError('refused', `access to the X display ${display} is denied`);
  if (code !== '') return new XConnectError('no server', `no X server on ${display} (${code})`);
  const said = error instanceof Error ? error.message.trim() : 'no reason given';
  return new XConnectError('refused', `the X server on ${display} refused the connection (${said})`);
}

function opened(display: XDisplay, xSocket: XSocket): OpenX {
  const { socket, restAfterwards } = xSocket;
  const { client } = display;
  // `x11` remembers the atoms of all its connections in one table, but every server numbers them anew.
  client.atoms = { ...client.atoms };
  const [screen] = display.screen;
  if (screen === undefined) throw new XConnectError('refused', 'the X server has no screen');
  return {
    client,
    root: screen.root,
    width: screen.pixel_width,
    height: screen.pixel_height,
    ask: requests(xSocket),
    restAfterwards,
    onEnd: (listener) => void (socket.destroyed ? queueMicrotask(listener) : socket.once('close', listener)),
    close: () => void socket.destroy(),
  };
}

/** The requests that are understood without any extension, but for the idle time. */
export function connectionOver({ client, root, ask, onEnd, close }: OpenX): XConnection {
  const saver = lazily(() =>
    ask<Saver>((reply) => client.require('screen-saver', (error, ext) => void reply(error, ext))).catch(() => null),
  );
  return {
    root,
    atom: (name) => ask((reply) => client.InternAtom(false, name, reply)),
    property: async (window, atom) => {
      const { data } = await ask<{ readonly data: Buffer }>((reply) =>
        client.GetProperty(0, window, atom, ANY_TYPE, 0, PROPERTY_WORDS, reply),
      );
      return data;
    },
    watchProperties: async (window, listener) => {
      client.on('event', (event) => {
        if (event.name === 'PropertyNotify' && event.wid === window) listener({ atom: event.atom, timeMs: event.time });
      });
      await ask((reply) => client.ChangeWindowAttributes(window, { eventMask: EVENTS.propertyChange }, reply));
    },
    pointer: async () => {
      const at = await ask<PointerReply>((reply) => client.QueryPointer(root, reply));
      return `${at.rootX} ${at.rootY} ${at.keyMask}`;
    },
    idleMs: async () => {
      const extension = await saver();
      if (extension === null) return Infinity;
      return (await ask<{ readonly idle: number }>((reply) => extension.QueryInfo(root, reply))).idle;
    },
    onEnd,
    close,
  };
}

type Saver = { readonly QueryInfo: (drawable: number, reply: Reply<{ readonly idle: number }>) => void };
type PointerReply = Parameters<Parameters<XClient['QueryPointer']>[1]>[1];
export type Reply<T> = (error: Error | null, result: T) => true;

/** Turns requests into promises that reject when the connection ends before the answer. */
function requests({ socket, waitsForAnswer }: XSocket): <T>(send: (reply: Reply<T>) => void) => Promise<T> {
  const open = new Set<(error: Error) => void>();
  const ended = (): Error => new Error('the connection to the X server has ended');
  socket.once('close', () => {
    for (const reject of open) reject(ended());
    open.clear();
  });
  return <T>(send: (reply: Reply<T>) => void) => {
    if (socket.destroyed) return Promise.reject(ended());
    return new Promise<T>((resolve, reject) => {
      open.add(reject);
      const answered = waitsForAnswer();
      try {
        send((error, result) => {
          answered();
          open.delete(reject);
          if (error) reject(error);
          else resolve(result);
          return true;
        });
      } catch (error) {
        answered();
        open.delete(reject);
        throw error;
      }
    });
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
