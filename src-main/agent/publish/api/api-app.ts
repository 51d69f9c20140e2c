// The ground that servers for other programs stand on: of the API, and of the figures of a role. In: what to tell when something goes wrong. Out: an
// application without routes, which answers a problem document to whatever it can't make sense of. Whoever sends slowly or much is turned away
// before it costs anything.
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { fastify, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { messageOf } from '../../thrown.ts';
import { Problem, PROBLEM_TYPE } from './problem.ts';
import { sendProblem } from './replies.ts';

const BODY_LIMIT_BYTES = 2 ** 20;
const CONNECTIONS_AT_MOST = 64;
/** A request that has not come whole by then is given up: slow senders must not hold all connections. */
const REQUEST_MS = 5000;
const KEEP_ALIVE_MS = 5000;

/** @param requestMs how long a request may take to come whole */
export function createApiServer(requestMs = REQUEST_MS): Server {
  const server = createServer({
    ...{ requestTimeout: requestMs, headersTimeout: requestMs, keepAliveTimeout: KEEP_ALIVE_MS },
    connectionsCheckingInterval: requestMs / 5,
  });
  server.maxConnections = CONNECTIONS_AT_MOST;
  return server;
}

/** @param server made by `createApiServer`. @param tell a mistake of ours, which the caller is not told. */
export function createApiApp(server: Server, tell: (problem: string) => void): FastifyInstance {
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
