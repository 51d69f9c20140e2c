// The host part of an address in, whether it is this machine out: what goes there passes no network.
import { isIP } from 'node:net';

/** @param hostname as `URL` has it, an IPv6 address with or without its brackets */
export function isOwnMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
