// Pieces of log lines in, names and addresses that may be kept out: short, in one form, and holding on to nothing else. V8 makes a
// slice of a longer string point into it, so one address kept from a block of a log would keep the whole block in memory.

const MOST_NAMES = 8192;
/** What sshd cuts a name to, `%.100s`; others are no longer. */
const LONGEST_NAME = 100;
/** RFC 1035 for host names; an IPv6 address has 45 characters at most. */
const LONGEST_ADDRESS = 253;

/** Strings that were seen lately, so that the common ones are copied and checked once. */
function memory<T>(make: (text: string) => T): (text: string) => T {
  let known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST_NAMES) known = new Map();
    const copy = copyOf(text);
    const made = make(copy);
    known.set(copy, made);
    return made;
  };
}

const SCRATCH_BYTES = 8192;
const MOST_BYTES_A_CHARACTER = 3;
const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);

/** The same text in memory of its own. */
export function copyOf(text: string): string {
  if (text.length * MOST_BYTES_A_CHARACTER > SCRATCH_BYTES) return Buffer.from(text, 'utf8').toString('utf8');
  return scratch.toString('utf8', 0, scratch.write(text, 'utf8'));
}

/** A user's name as it may be shown: control characters are replaced, what is too long is cut. */
export const nameOf: (text: string) => string = memory((text) => printable(text.slice(0, LONGEST_NAME)));

// Also the marks that turn the direction of writing: they make one text look like another.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** For a text that somebody else has chosen. */
export const printable = (text: string): string => text.replaceAll(UNPRINTABLE, '\uFFFD');

const readAddress = memory((text): { readonly address: string | null } => ({ address: checkedAddress(text) }));

/** @returns null for what is neither an IP address nor a host name. */
export const addressOf = (text: string): string | null =>
  text.length === 0 || text.length > LONGEST_ADDRESS ? null : readAddress(text).address;

const IPV4 = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const HOST = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/;

function checkedAddress(text: string): string | null {
  const lower = text.toLowerCase();
  if (IPV4.test(lower)) return lower;
  if (lower.includes(':')) return ipv6(lower.replace(/%.*$/, ''));
  // Digits and dots alone are an address that is none.
  return HOST.test(lower) && !/^[\d.]+$/.test(lower) ? lower : null;
}

function ipv6(text: string): string | null {
  const mapped = MAPPED.exec(text)?.[1];
  if (mapped !== undefined) return IPV4.test(mapped) ? mapped : null;
  try {
    // Brackets and all, as the URL standard writes it: lower case, the longest run of zeros left out (RFC 5952).
    return new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return null;
  }
}

export const isIpv4 = (address: string): boolean => IPV4.test(address);
export const isIpv6 = (address: string): boolean => address.includes(':');

/** The network that an address belongs to: /24 of IPv4, /48 of IPv6, what a site is usually given; a host name by its domain. */
export function networkOf(address: string): string {
  if (isIpv4(address)) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  if (!isIpv6(address)) return address.split('.').slice(-2).join('.');
  const [head = '', tail = ''] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::')
    ? [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back]
    : front;
  return `${groups.slice(0, 3).join(':')}::/48`;
}
