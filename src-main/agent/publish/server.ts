// The browser host's server, on 127.0.0.1 alone. In: the agent's calls and pushes. Out: the dashboard's files,
// `POST /call/:name`, `POST /link`, `GET /export`, `GET /events` and `GET /healthz`. Every request passes the guard before anything else.
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifyStatic } from '@fastify/static';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import {
  callName,
  ContractError,
  dispatch,
  type DataPeriod,
  type Handlers,
  type Push,
  type State,
} from '../../../src-preload/contract.ts';
import { addExport } from './export-route.ts';
import { createEventStreams, type EventStreams } from './event-stream.ts';
import { addGuard } from './guard.ts';
import { createLinks } from './links.ts';
import { listenOnLoopback } from './listen.ts';
import { SAFE_HEADERS } from './page-policy.ts';

const BODY_LIMIT_BYTES = 64 * 1024;
const HEARTBEAT_MS = 15_000;

export interface Health {
  readonly status: 'ok';
  readonly version: string;
  readonly state: State;
  readonly uptimeS: number;
}

export interface ServerStart {
  readonly agent: {
    readonly handlers: Handlers;
    readonly subscribe: (listener: (push: Push) => void) => () => void;
    readonly exported: (period: DataPeriod) => AsyncGenerator<string>;
  };
  readonly health: () => Health;
  /** The folder of the built dashboard. */
  readonly rendererDir: string;
  readonly token: string;
  /** Without it: the default port or the next free one. */
  readonly port?: number;
  readonly heartbeatMs?: number;
}

export interface DashboardServer {
  readonly port: number;
  /** Opens the dashboard; carries the token. */
  readonly url: string;
  /** Opens the dashboard once, within a minute: to hand to a browser. */
  readonly newLink: () => string;
  /** How many readers of pushes are connected. */
  readonly readers: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Starts to serve.
 * @throws PortTaken, or an Error when the dashboard has not been built
 */
export async function startServer(start: ServerStart): Promise<DashboardServer> {
  if (!existsSync(join(start.rendererDir, 'index.html'))) {
    throw new Error(`The dashboard's files are missing in ${start.rendererDir}. Build them: npm run build`);
  }
  const { server, port } = await listenOnLoopback(start.port);
  const streams = createEventStreams(start.agent.subscribe, start.heartbeatMs ?? HEARTBEAT_MS);
  const app = createApp(server);
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { global: false });
  const links = createLinks(() => performance.now());
  const newLink = (): string => `http://127.0.0.1:${port}/?token=${links.issue()}`;
  addGuard(app, port, start.token, links);
  addRoutes(app, start, streams, newLink);
  await app.register(fastifyStatic, {
    root: start.rendererDir,
    // The names carry no hash, so a browser must ask whether they changed; the answer is a 304 from the etag.
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
    dotfiles: 'deny',
  });
  await app.ready();
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${start.token}`,
    newLink,
    readers: streams.count,
    close: () => closeServer(app, server, streams),
  };
}

/** The contract checks what comes in: without these Fastify would load a compiler of JSON schemas at each start, for no route. */
const noSchemas = (): never => {
  throw new Error('this server has no schemas of its own');
};

function createApp(server: Server): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // The server listens already, so that two starts can't be promised the same port.
    serverFactory: (handler) => server.on('request', handler),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(async (error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? (error instanceof ContractError ? 400 : 500);
    return reply.code(status).send({ error: error.message });
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: 'There is nothing at this address.' }),
  );
  return app;
}

function addRoutes(
  app: FastifyInstance,
  { agent, health }: ServerStart,
  streams: EventStreams,
  newLink: () => string,
): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send(health()));

  app.post<{ Params: { name: string }; Body: { arg?: unknown } | null }>('/call/:name', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const name = knownCall(request.params.name);
    if (name === null) return reply.code(404).send({ error: 'There is no such call.' });
    return { result: await dispatch(agent.handlers, name, request.body?.arg) };
  });

  app.post('/link', async (_request, reply) => reply.header('cache-control', 'no-store').send({ url: newLink() }));

  addExport(app, agent.exported);

  app.get('/events', (_request, reply) => {
    if (!streams.free()) return void reply.code(503).send({ error: 'Too many windows are open. Close one of them.' });
    reply.hijack();
    streams.add(reply.raw, SAFE_HEADERS);
  });
}

async function closeServer(app: FastifyInstance, server: Server, streams: EventStreams): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  streams.close();
  await app.close();
  server.closeAllConnections();
  await closed;
}

function knownCall(name: string): string | null {
  try {
    return callName(name);
  } catch (error) {
    if (error instanceof ContractError) return null;
    throw error;
  }
}
