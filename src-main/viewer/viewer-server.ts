// The viewer's server, on 127.0.0.1 alone. In: the fleet as the book has it. Out: the page's files, `GET /events`, `GET /host`, `GET /figures`
// and `GET /healthz`; nothing that could change anything has an address here. Every request passes the guard before anything else.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifyStatic } from '@fastify/static';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import type { FleetHost, FleetPush, RedisStanding } from '../../src-preload/fleet.ts';
import { createEventStreams } from '../agent/publish/event-stream.ts';
import { addGuard } from '../agent/publish/guard.ts';
import { createLinks } from '../agent/publish/links.ts';
import { listenOnLoopback } from '../agent/publish/listen.ts';
import { noTokenPage, SAFE_HEADERS, type NoToken } from '../agent/publish/page-policy.ts';
import type { FleetFigures } from './fleet-figures.ts';

/** Beside the dashboards of this machine, which begin at 47600. */
const FIRST_PORT = 47_800;
const HEARTBEAT_MS = 15_000;
/** All rows of the largest fleet that is listed are some 3 MB. */
const BACKLOG_BYTES = 8 * 2 ** 20;
const PAGE = 'fleet.html';
const FILES = ['fleet.js', 'fleet.css'];

const NO_TOKEN: NoToken = {
  page: noTokenPage([
    '<p>Open the link that <code>seclyzer run --role viewer</code> has printed where it was started.</p>',
  ]),
  error: 'The token is missing or out of date. `seclyzer run --role viewer` has printed the link with it.',
};

export interface ViewerHealth {
  readonly status: 'ok';
  readonly role: 'viewer';
  readonly version: string;
  readonly uptimeS: number;
  readonly redis: RedisStanding['state'];
}

export interface ViewerStart {
  readonly subscribe: (listener: (push: FleetPush) => void) => () => void;
  readonly host: (id: string) => FleetHost | null;
  /** @param pages windows that are open. */
  readonly figures: (pages: number) => FleetFigures;
  readonly health: () => ViewerHealth;
  /** The folder of the built pages. */
  readonly rendererDir: string;
  readonly token: string;
  /** Without it: the first port or the next free one. */
  readonly port?: number;
}

export interface ViewerServer {
  readonly port: number;
  /** Opens the page; carries the token. */
  readonly url: string;
  /** Opens the page once, within a minute: to hand to a browser. */
  readonly newLink: () => string;
  readonly figures: () => FleetFigures;
  readonly close: () => Promise<void>;
}

/** @throws PortTaken, or an Error when the page has not been built */
export async function startViewerServer(start: ViewerStart): Promise<ViewerServer> {
  const { rendererDir, token } = start;
  if (!existsSync(join(rendererDir, PAGE)))
    throw new Error(`The page's files are missing in ${rendererDir}. Build them: npm run build`);
  const { server, port } = await listenOnLoopback(start.port, FIRST_PORT);
  const streams = createEventStreams(start.subscribe, HEARTBEAT_MS, BACKLOG_BYTES);
  const links = createLinks(() => performance.now());
  const app = fastify({ bodyLimit: 1024, serverFactory: (handler) => server.on('request', handler) });
  app.removeAllContentTypeParsers();
  app.setErrorHandler(async (error: FastifyError, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: 'There is nothing at this address.' }),
  );
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { global: false });
  addGuard(app, port, token, links, NO_TOKEN);
  app.addHook('onRequest', async ({ method }, reply) => {
    if (method === 'GET' || method === 'HEAD') return;
    return reply.code(405).header('allow', 'GET, HEAD').send({ error: 'A viewer only shows: nothing can be changed.' });
  });
  await app.register(fastifyStatic, { root: rendererDir, serve: false, cacheControl: false });
  addRoutes(app, start, streams);
  await app.ready();
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${token}`,
    newLink: () => `http://127.0.0.1:${port}/?token=${links.issue()}`,
    figures: () => start.figures(streams.count()),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      streams.close();
      await app.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Streams = ReturnType<typeof createEventStreams>;

function addRoutes(app: FastifyInstance, { host, health, figures }: ViewerStart, streams: Streams): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send(health()));
  // The names carry no hash, so a browser must ask whether they changed; the answer is a 304 from the etag.
  app.get('/', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(PAGE));
  for (const file of FILES)
    app.get(`/${file}`, (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(file));
  app.get<{ Querystring: { id?: unknown } }>('/host', async ({ query: { id } }, reply) => {
    reply.header('cache-control', 'no-store');
    const found = typeof id === 'string' ? host(id) : null;
    return found ?? reply.code(404).send({ error: 'No host of this id is in the list, or not any more.' });
  });
  app.get('/figures', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send(figures(streams.count())),
  );
  app.get('/events', (_request, reply) => {
    if (!streams.free()) return void reply.code(503).send({ error: 'Too many windows are open. Close one of them.' });
    reply.hijack();
    streams.add(reply.raw, SAFE_HEADERS);
  });
}
