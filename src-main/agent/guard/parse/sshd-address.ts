// The end of a message of sshd in, the address there out. Everything is read from behind, for a name may stand before it and hold
// whatever its client has chosen, another address and port included.
import { addressOf } from './names.ts';

const PREAUTH = ' [preauth]';

export interface Tail {
  readonly address: string;
  /** Where ` from ADDRESS port N` begins. */
  readonly at: number;
}

/** ` from ADDRESS port N` that ends at `end`, read from behind; null where that is not what stands there. */
export function tailAt(text: string, end: number): Tail | null {
  let digits = end;
  while (digits > 0 && text.charCodeAt(digits - 1) >= 48 && text.charCodeAt(digits - 1) <= 57) digits -= 1;
  if (digits === end || end - digits > 5 || !text.startsWith(' port ', digits - 6)) return null;
  const addressAt = text.lastIndexOf(' ', digits - 7) + 1;
  const address = addressOf(text.slice(addressAt, digits - 6));
  if (address === null || !text.startsWith(' from ', addressAt - 6)) return null;
  return { address, at: addressAt - 6 };
}

/** Where the message ends without the mark of the unprivileged process. */
export const withoutPreauth = (text: string): number => text.length - (text.endsWith(PREAUTH) ? PREAUTH.length : 0);

const KEY = /^ ssh2: [A-Za-z0-9@.-]+ (?:SHA256:[A-Za-z0-9+/]{43}|MD5:[0-9a-f:]{47}|[0-9a-f]{2}(?::[0-9a-f]{2}){15})/;

/**
 * Behind a key come, of a certificate, words that its maker has chosen, and before it the name: where two places look like the true
 * one, nobody can tell which is.
 */
export function tailBeforeKey(text: string, from: number): Tail | 'ambiguous' | null {
  let found: Tail | null = null;
  for (let at = text.indexOf(' ssh2: ', from); at >= 0; at = text.indexOf(' ssh2: ', at + 1)) {
    const tail = KEY.test(text.slice(at, at + 128)) ? tailAt(text, at) : null;
    if (tail === null || tail.at < from + 5) continue;
    if (found !== null) return 'ambiguous';
    found = tail;
  }
  return found;
}

/** ` from ADDRESS` that ends at `end`. */
export function portless(text: string, end: number): Tail | null {
  const addressAt = text.lastIndexOf(' ', end - 1) + 1;
  const address = addressOf(text.slice(addressAt, end));
  return address !== null && text.startsWith(' from ', addressAt - 6) ? { address, at: addressAt - 6 } : null;
}

/** ` ADDRESS port N` that ends at `end`. */
export function placeAt(text: string, end: number): Tail | null {
  const portAt = text.lastIndexOf(' port ', end);
  if (portAt < 0 || !/^ port \d{1,5}$/.test(text.slice(portAt, end))) return null;
  const addressAt = text.lastIndexOf(' ', portAt - 1) + 1;
  const address = addressOf(text.slice(addressAt, portAt));
  return address === null ? null : { address, at: addressAt };
}

/** Reasons are sshd's own words, without a colon; the last one begins them. */
export function beforeReason(text: string, end: number): Tail | null {
  const colon = text.lastIndexOf(': ', end);
  return colon < 0 ? null : placeAt(text, colon);
}
