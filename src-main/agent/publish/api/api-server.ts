// The API's server. In: what it may tell, a token, where to listen. Out: answers as the endpoints of routes.ts and openapi.ts have them; a
// problem document for all else. Whoever sends slowly, much, or often is turned away before it costs anything.
import type { Server } from 'node:http';
import { fastifyRateLimit } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { ApiCounts } from './answers.ts';
import { createApiApp } from './api-app.ts';
import { addApiGuard, hostsOf, RATE, type Rate } from './api-guard.ts';
import type { ApiContext, ApiSources } from './api-sources.ts';
import { addDocs } from './docs.ts';
import { createIngest } from './ingest.ts';
import { addIngest } from './ingest-route.ts';
import { createLive } from './live.ts';
import { addLive } from './live-route.ts';
import { addOwnRoutes, isOpen } from './own-routes.ts';
import { parseQuery } from './query.ts';
import { sendJson } from './replies.ts';
import { ROUTES, type Route } from './routes.ts';
import { createTally } from './tally.ts';

const HEARTBEAT_MS = 15_000;

export interface ApiStart {
  readonly sources: ApiSources;
  /** Listens already, and was made by `createApiServer`. */
  readonly server: Server;
  readonly address: string;
  readonly port: number;
  readonly token: () => string | null;
  /** A mistake of ours, which the caller is not told. */
  readonly tell: (problem: string) => void;
  readonly rate?: Rate;
  readonly heartbeatMs?: number;
}

export interface ApiServer {
  readonly counts: () => ApiCounts;
  readonly close: () => Promise<void>;
}

export async function startApiServer(start: ApiStart): Promise<ApiServer> {
  const { sources, server, address, port, token, tell, rate = RATE } = start;
  const startedMs = Date.now();
  const live = createLive(sources, start.heartbeatMs ?? HEARTBEAT_MS);
  const ingest = createIngest(sources);
  const tally = createTally();
  const context: ApiContext = {
    ...sources,
    counts: () => ({ ...tally.totals(), live: live.counts(), ingest: ingest.counts() }),
    uptimeS: () => (Date.now() - startedMs) / 1000,
  };
  const app = createApiApp(server, tell);
  await app.register(fastifyRateLimit, { global: false });
  const hosts = hostsOf(address, port);
  addApiGuard(app, { hosts, rate, token, isOpen });
  app.addHook('onResponse', async (request, { statusCode }) => tally.add(request.routeOptions.url, statusCode));
  for (const route of ROUTES) addRoute(app, route, context);
  addOwnRoutes(app, context, { live, ingest, tally, startedMs, url: `http://${hosts[0]}` });
  addLive(app, live);
  addIngest(app, ingest);
  addDocs(app);
  await app.ready();
  return {
    counts: context.counts,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      live.close();
      await app.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function addRoute(app: FastifyInstance, { path, query, answer: schema, handle }: Route, context: ApiContext): void {
  app.get(path, async (request, reply) => {
    const given = parseQuery(query, request.query, path);
    return sendJson(reply, schema, handle(given, context));
  });
}
