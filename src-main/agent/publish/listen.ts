// Finds a port to listen on. In: an address, and the port that was asked for, if any. Out: a server that listens there.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const DEFAULT_PORT = 47_600;
/** How many ports from the default one are tried when none was asked for. */
const PORTS_TRIED = 100;

export class PortTaken extends Error {}

export interface Place {
  readonly host: string;
  /** 0: any free one; null: `from`, or the next free one. */
  readonly port: number | null;
  readonly from: number;
  readonly create: () => Server;
  /** What to do when the port that was asked for, or every port tried, is in use. */
  readonly fix: { readonly one: string; readonly all: string };
}

interface Listening {
  readonly server: Server;
  readonly port: number;
}

/**
 * @param asked the port to use, 0 for any free one; without it `from` or the next free one
 * @throws PortTaken when the port that was asked for, or every port tried, is in use
 */
export const listenOnLoopback = (asked?: number, from = DEFAULT_PORT): Promise<Listening> =>
  listenAt({
    ...{ host: '127.0.0.1', port: asked ?? null, from, create: createServer },
    fix: {
      one: 'Choose another one, or leave --port out to get a free one.',
      all: 'Choose a free one with --port.',
    },
  });

/** @throws PortTaken when the port that was asked for, or every port tried, is in use; the error of the system for anything else. */
export async function listenAt(place: Place): Promise<Listening> {
  const { port: asked, from, fix } = place;
  if (asked !== null) {
    const server = await tryPort(asked, place);
    if (server !== null) return { server, port: portOf(server) };
    throw new PortTaken(`Port ${asked} is in use. ${fix.one}`);
  }
  for (let port = from; port < from + PORTS_TRIED; port++) {
    const server = await tryPort(port, place);
    if (server !== null) return { server, port };
  }
  throw new PortTaken(`Every port from ${from} to ${from + PORTS_TRIED - 1} is in use. ${fix.all}`);
}

function tryPort(port: number, { host, create }: Place): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = create();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else if (error.code === 'EACCES') reject(new PortTaken(`Port ${port} needs more rights. Choose one above 1023.`));
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
