// Finds the port of the dashboard. In: the port that was asked for, if any. Out: a server that listens on 127.0.0.1.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const DEFAULT_PORT = 47_600;
/** How many ports from the default one are tried when none was asked for. */
const PORTS_TRIED = 100;

export class PortTaken extends Error {}

/**
 * @param asked the port to use, 0 for any free one; without it the default port or the next free one
 * @throws PortTaken when the port that was asked for, or every port tried, is in use
 */
export async function listenOnLoopback(asked?: number): Promise<{ readonly server: Server; readonly port: number }> {
  if (asked !== undefined) {
    const server = await tryPort(asked);
    if (server !== null) return { server, port: portOf(server) };
    throw new PortTaken(`Port ${asked} is in use. Choose another one, or leave --port out to get a free one.`);
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TRIED; port++) {
    const server = await tryPort(port);
    if (server !== null) return { server, port };
  }
  const last = DEFAULT_PORT + PORTS_TRIED - 1;
  throw new PortTaken(`Every port from ${DEFAULT_PORT} to ${last} is in use. Choose a free one with --port.`);
}

function tryPort(port: number): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else if (error.code === 'EACCES') reject(new PortTaken(`Port ${port} needs more rights. Choose one above 1023.`));
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
