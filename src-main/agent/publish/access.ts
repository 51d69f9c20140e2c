// Who may talk to the loopback server. In: a request's headers and the secrets of this run. Out: a refusal, or null.
// A page of any other site can reach 127.0.0.1 as well, so neither the address nor the cookie alone is trusted: see
// CVE-2025-24010 (a development server that did not check Host and Origin).
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly error: string;
}

export interface RequestHeads {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

/**
 * Checks that a request was meant for this server and was made by one of its own pages, or by no page at all.
 * @param hosts the names with port by which the server may be asked for; the first is the one to tell
 * @returns 421 for any other Host (name rebinding), 403 for any other Origin, else null.
 */
export function refusedSite({ host, origin }: RequestHeads, hosts: readonly string[]): Refusal | null {
  if (host === undefined || !hosts.includes(host)) {
    return { status: 421, error: `This server answers to ${hosts[0]} only.` };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, error: 'Pages of other sites may not use this server.' };
  }
  return null;
}

/** Of a request, as Node gives them. */
export const headsOf = ({ headers }: { readonly headers: IncomingHttpHeaders }): RequestHeads => ({
  host: headers.host,
  origin: headers.origin,
  authorization: headers.authorization,
});

/** The token that a request carries: `Authorization: Bearer` before the cookie. */
export function givenToken({ authorization }: RequestHeads, cookie: string | undefined): string | undefined {
  return authorization === undefined ? cookie : /^Bearer (\S+)$/.exec(authorization)?.[1];
}

/** Compares in constant time, whatever the lengths. */
export function sameToken(given: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(token)) && given !== undefined;
}
