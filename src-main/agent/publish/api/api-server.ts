// The API's server. In: what it may tell, a token, where to listen. Out: answers as the endpoints of routes.ts and openapi.ts have them; a
// problem document for all else. Whoever sends slowly, much, or often is turned away before it costs anything.
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastify, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { messageOf } from '../../thrown.ts';
import type { ApiCounts } from './answers.ts';
import { addApiGuard, hostsOf, RATE, type Rate } from './api-guard.ts';
import type { ApiContext, ApiSources } from './api-sources.ts';
import { addDocs } from './docs.ts';
import { createIngest } from './ingest.ts';
import { addIngest } from './ingest-route.ts';
import { createLive } from './live.ts';
import { addLive } from './live-route.ts';
import { addOwnRoutes, isOpen } from './own-routes.ts';
import { Problem, PROBLEM_TYPE } from './problem.ts';
import { parseQuery } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';
import { ROUTES, type Route } from './routes.ts';
import { createTally } from './tally.ts';

const BODY_LIMIT_BYTES = 2 ** 20;
const HEARTBEAT_MS = 15_000;
const CONNECTIONS_AT_MOST = 64;
/** A request that has not come whole by then is given up: slow senders must not hold all connections. */
const REQUEST_MS = 5000;
const KEEP_ALIVE_MS = 5000;

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

/** @param requestMs how long a request may take to come whole */
export function createApiServer(requestMs = REQUEST_MS): Server {
  const server = createServer({
    ...{ requestTimeout: requestMs, headersTimeout: requestMs, keepAliveTimeout: KEEP_ALIVE_MS },
    connectionsCheckingInterval: requestMs / 5,
  });
  server.maxConnections = CONNECTIONS_AT_MOST;
  return server;
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
  const app = createApp(server, tell);
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

function createApp(server: Server, tell: (problem: string) => void): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    serverFactory: (handler) => server.on('request', handler),
    clientErrorHandler: refuseBytes,
    // A path that can't be decoded.
    frameworkErrors: (_error, _request, reply) =>
      void sendProblem(reply, new Problem(400, 'The address is malformed.')),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error);
    const status = error.statusCode ?? 500;
    if (status >= 500) tell(`The API failed on ${request.routeOptions.url ?? 'a request'}: ${messageOf(error)}`);
    return sendProblem(reply, new Problem(status, wordsFor(status, error)));
  });
  app.setNotFoundHandler(async (request, reply) => sendProblem(reply, noSuchPlace(app, request)));
  return app;
}

function wordsFor(status: number, error: Error): string {
  switch (status) {
    case 400:
      // The parser's own words repeat what came.
      return 'The request is malformed. A body must be JSON.';
    case 413:
      return `The body is larger than ${BODY_LIMIT_BYTES / 1024} KiB. Send it in parts.`;
    case 415:
      return 'The body must be JSON, with "Content-Type: application/json".';
    case 500:
      return 'Something went wrong inside; the dashboard says more.';
    default:
      return error.message;
  }
}

/** Nothing there, or something that wants another method. */
function noSuchPlace(app: FastifyInstance, { url, method }: FastifyRequest): Problem {
  const [path = ''] = url.split('?');
  const allowed = (['GET', 'HEAD', 'POST'] as const).filter((one) => app.hasRoute({ url: path, method: one }));
  if (allowed.length === 0) return new Problem(404, 'There is nothing at this address. / names what there is.');
  const allow = allowed.join(', ');
  return new Problem(405, `${method} can't be used here; use ${allow}.`, { headers: { allow } });
}

/** What is no request at all, or did not come in time. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
  const words = {
    408: 'The request took too long.',
    431: 'The headers are too large.',
    400: 'This is no HTTP request.',
  };
  const { details } = new Problem(status, words[status as 400 | 408 | 431]);
  const body = JSON.stringify(details);
  socket.end(
    `HTTP/1.1 ${status} ${details.title}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function addRoute(app: FastifyInstance, { path, query, answer: schema, handle }: Route, context: ApiContext): void {
  app.get(path, async (request, reply) => {
    const given = parseQuery(query, request.query, path);
    return sendJson(reply, schema, handle(given, context));
  });
}
