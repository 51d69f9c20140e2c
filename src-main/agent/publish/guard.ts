// The guard of the loopback server: every request passes it before anything else. In: a request. Out: a refusal, or the way on.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { givenToken, headsOf, refusedSite, sameToken } from './access.ts';
import type { Links } from './links.ts';
import { NO_TOKEN, SAFE_HEADERS, type NoToken } from './page-policy.ts';

/** Requests in ten seconds; a page takes about ten to load. Strangers are counted apart, so they can't lock the owner out. */
const RATE = { owner: 300, stranger: 60, windowMs: 10_000 };

/** Checks the site first, then the rate, then the token. Needs the cookie and rate-limit plugins to be registered before. */
export function addGuard(
  app: FastifyInstance,
  port: number,
  token: string,
  links: Links,
  noToken: NoToken = NO_TOKEN,
): void {
  const cookie = cookieName(port);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const holdsToken = (request: FastifyRequest): boolean =>
    sameToken(givenToken(headsOf(request), request.cookies[cookie]), token) || sameToken(linkToken(request), token);
  const limit = app.createRateLimit({
    timeWindow: RATE.windowMs,
    keyGenerator: (request) => (holdsToken(request) ? 'owner' : 'stranger'),
    max: (_request, key) => (key === 'owner' ? RATE.owner : RATE.stranger),
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFE_HEADERS);
    const refused = refusedSite(headsOf(request), hosts);
    if (refused !== null) return reply.code(refused.status).send({ error: refused.error });
    const rate = await limit(request);
    if (!rate.isAllowed && rate.isExceeded) {
      reply.header('retry-after', rate.ttlInSeconds);
      return reply.code(429).send({ error: `Too many requests. Try again in ${rate.ttlInSeconds} s.` });
    }
    if (request.routeOptions.url === '/healthz') return;
    const code = linkToken(request);
    if (!holdsToken(request) && !(code !== undefined && links.redeem(code)))
      return refuseStranger(request, reply, noToken);
    if (code === undefined) return;
    reply.setCookie(cookie, token, { httpOnly: true, sameSite: 'strict', path: '/' });
    return reply.header('cache-control', 'no-store').redirect('/', 303);
  });
}

function refuseStranger(request: FastifyRequest, reply: FastifyReply, { page, error }: NoToken): FastifyReply {
  reply.code(401).header('cache-control', 'no-store').header('www-authenticate', 'Bearer');
  if (request.headers.accept?.includes('text/html') === true) return reply.type('text/html').send(page);
  return reply.send({ error });
}

/** Links alone carry a token in their address, and exchange it for a cookie at once. */
function linkToken({ method, url }: FastifyRequest): string | undefined {
  if (method !== 'GET' || !url.startsWith('/?')) return undefined;
  return new URLSearchParams(url.slice(2)).get('token') ?? undefined;
}

/** Cookies do not tell ports apart, so the name does: two agents on one machine keep their own. */
const cookieName = (port: number): string => `seclyzer_${port}`;
