// Who may ask: every request passes here before anything else. In: a request. Out: the way on, or a Problem. The Host comes first (name
// rebinding), then the Origin (pages of other sites), then the rate, then the token.
import { hostname, networkInterfaces } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { givenToken, headsOf, refusedSite, sameToken } from '../access.ts';
import { SAFE_HEADERS } from '../page-policy.ts';
import { Problem } from './problem.ts';

export interface Rate {
  /** Requests in the window, of those with the token and of those without, counted apart: strangers can't lock its owner out. */
  readonly owner: number;
  readonly stranger: number;
  readonly windowMs: number;
}

export const RATE: Rate = { owner: 1200, stranger: 60, windowMs: 10_000 };

export interface GuardParts {
  readonly hosts: readonly string[];
  readonly rate: Rate;
  /** null: there is none, so nobody has it. */
  readonly token: () => string | null;
  /** Paths that tell nothing of this machine. */
  readonly isOpen: (request: FastifyRequest) => boolean;
}

/** Needs the rate-limit plugin to be registered before. */
export function addApiGuard(app: FastifyInstance, { hosts, rate, token, isOpen }: GuardParts): void {
  const holdsToken = (request: FastifyRequest): boolean => {
    const held = token();
    return held !== null && sameToken(givenToken(headsOf(request), undefined), held);
  };
  const limit = app.createRateLimit({
    timeWindow: rate.windowMs,
    keyGenerator: (request) => (holdsToken(request) ? 'owner' : 'stranger'),
    max: (_request, key) => (key === 'owner' ? rate.owner : rate.stranger),
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFE_HEADERS).header('cache-control', 'no-store');
    const refused = refusedSite(headsOf(request), hosts);
    if (refused !== null) throw new Problem(refused.status, refused.error);
    const found = await limit(request);
    if (!found.isAllowed && found.isExceeded) {
      const headers = { 'retry-after': String(found.ttlInSeconds) };
      throw new Problem(429, `Too many requests. Try again in ${found.ttlInSeconds} s.`, { headers });
    }
    if (isOpen(request) || holdsToken(request)) return;
    const detail =
      'The token is missing or wrong. `seclyzer api token` prints it; give it as "Authorization: Bearer TOKEN".';
    throw new Problem(401, detail, { headers: { 'www-authenticate': 'Bearer' } });
  });
}

/** The names by which a server at this address may be asked for. */
export function hostsOf(address: string, port: number): readonly string[] {
  const loopback = ['127.0.0.1', 'localhost', '::1'];
  const names =
    address === '0.0.0.0' || address === '::'
      ? [
          ...loopback,
          hostname(),
          ...Object.values(networkInterfaces()).flatMap((known) => known?.map((one) => one.address) ?? []),
        ]
      : loopback.includes(address)
        ? [address, 'localhost']
        : [address];
  return names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${port}`);
}
