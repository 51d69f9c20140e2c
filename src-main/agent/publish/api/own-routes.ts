// The endpoints that have their own ways: the start page, health, the document, Prometheus. In: what they tell of. Out: the routes.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import * as answers from './answers.ts';
import type { ApiContext } from './api-sources.ts';
import { isDocs } from './docs.ts';
import type { Ingest } from './ingest.ts';
import type { Live } from './live.ts';
import { expose } from './prometheus.ts';
import { parseQuery } from './query.ts';
import { sendJson } from './replies.ts';
import { ROUTES } from './routes.ts';
import type { Tally } from './tally.ts';

export interface OwnParts {
  readonly live: Live;
  readonly ingest: Ingest;
  readonly tally: Tally;
  readonly startedMs: number;
  readonly url: string;
}

const OPEN: ReadonlySet<string> = new Set(['/healthz', '/openapi.json']);
/** Whether it tells nothing of this machine, so that no token is needed. */
export const isOpen = (request: FastifyRequest): boolean =>
  OPEN.has(request.routeOptions.url ?? '') || isDocs(request.routeOptions.url) || wantsPage(request);
/** The start page leads a browser to the documentation. */
const wantsPage = ({ routeOptions, headers }: FastifyRequest): boolean =>
  routeOptions.url === '/' && headers.accept?.includes('text/html') === true;

export function addOwnRoutes(
  app: FastifyInstance,
  context: ApiContext,
  { live, ingest, tally, startedMs, url }: OwnParts,
): void {
  const { version, uptimeS } = context;
  const nothing = v.strictObject({});
  let document: Promise<object> | null = null;
  app.get('/', async (request, reply) => {
    if (wantsPage(request)) return reply.redirect('/docs/', 303);
    parseQuery(nothing, request.query, '/');
    return sendJson(reply, answers.index, indexOf(version));
  });
  app.get('/healthz', async (request, reply) => {
    parseQuery(nothing, request.query, '/healthz');
    return sendJson(reply, answers.health, { status: 'ok', version, uptimeSeconds: uptimeS() });
  });
  app.get('/openapi.json', async (_request, reply) => {
    // With its converter, it is read when somebody asks for it.
    document ??= import('./openapi.ts').then(({ openApiDocument }) => openApiDocument(ROUTES, version, url));
    return reply.send(await document);
  });
  app.get('/metrics', async (request, reply) => {
    parseQuery(nothing, request.query, '/metrics');
    const { type, text } = await expose({ sources: context, live, ingest, startedMs, requests: tally.list });
    return reply.type(type).send(text);
  });
}

function indexOf(version: string): v.InferInput<typeof answers.index> {
  const endpoints = ROUTES.map(({ path, summary }) => ({ method: 'GET' as const, path, summary }));
  const own = [
    { method: 'GET', path: '/healthz', summary: 'Whether it runs; needs no token.' },
    { method: 'GET', path: '/metrics', summary: 'Everything that is a number, for Prometheus.' },
    { method: 'GET', path: '/live', summary: 'Events as they come, as server-sent events.' },
    { method: 'POST', path: '/ingest', summary: 'Takes events from outside.' },
  ] as const;
  return {
    name: 'SecLyzer',
    version,
    documentation: '/docs/',
    openapi: '/openapi.json',
    endpoints: [...endpoints, ...own],
  };
}
