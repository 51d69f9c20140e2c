// What went wrong with Redis in, words for it out: why, and what to do about it where somebody has to before it can work.
import { codeOf, messageOf } from '../../thrown.ts';

export interface RedisTrouble {
  readonly reason: string;
  /** null: it is tried again by itself, and that may be enough. */
  readonly fix: string | null;
}

type Said = (place: string, message: string) => RedisTrouble;

const AUTHORITY =
  'Name the certificate of the authority that signed it under Settings, Redis (caFile), and nothing else: whoever stands in between has another.';
const RIGHTS = 'Give the user of the program the rights that assets/redis/seclyzer-redis.conf names.';

/** How Redis begins an error (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors). */
const ANSWERS: readonly (readonly [begins: RegExp, said: Said])[] = [
  [
    /^WRONGPASS/,
    (place) => ({
      reason: `${place} does not take this password`,
      fix: 'Put the right one into the file of the password (redis-password in the data folder), and the user under Settings, Redis.',
    }),
  ],
  [
    /^NOAUTH/,
    (place) => ({
      reason: `${place} wants a password`,
      fix: 'Put it into redis-password in the data folder, for its owner alone (chmod 600).',
    }),
  ],
  [/^NOPERM/, (place, message) => ({ reason: `${place} does not allow it: ${message}`, fix: RIGHTS })],
  [
    /^ERR unknown command .HELLO|^NOPROTO/,
    (place) => ({ reason: `${place} is a Redis before version 6`, fix: 'Put a newer Redis there, or one like it.' }),
  ],
  [
    /^ERR DB index/,
    (place) => ({ reason: `${place} has no database of this number`, fix: 'Look at the end of the address.' }),
  ],
  [
    /^OOM/,
    (place) => ({
      reason: `the memory that ${place} may use is full`,
      fix: 'Give it more (maxmemory), or let it let go of what is old (maxmemory-policy).',
    }),
  ],
  [/^DENIED/, (place) => ({ reason: `${place} takes nobody without a password`, fix: 'Give that Redis a password.' })],
  [/^(LOADING|BUSY|MASTERDOWN)/, (place) => ({ reason: `${place} is busy with itself`, fix: null })],
];

/** Node's names for what is wrong with a connection (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const CODES: Readonly<Record<string, Said>> = {
  ECONNREFUSED: (place) => ({ reason: `nothing listens at ${place}`, fix: null }),
  ENOTFOUND: (place) => ({ reason: `there is no host of the name in ${place}`, fix: null }),
  EAI_AGAIN: (place) => ({ reason: `the name in ${place} can't be looked up now`, fix: null }),
  CERT_HAS_EXPIRED: (place) => ({
    reason: `the certificate of ${place} has expired`,
    fix: 'Give that Redis a new one.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (place) => ({
    reason: `the certificate of ${place} is for another name`,
    fix: 'Use the address that stands in it, or name it under Settings, Redis (serverName).',
  }),
  ERR_SSL_WRONG_VERSION_NUMBER: (place) => ({
    reason: `${place} does not speak TLS`,
    fix: 'Turn TLS on there (tls-port), or use the port that has it.',
  }),
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: (place) => ({
    reason: `${place} wants to see a certificate`,
    fix: 'Name one and its key under Settings, Redis (certFile, keyFile).',
  }),
};
const UNSIGNED = /^(SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY)|CERT_(UNTRUSTED|SIGNATURE|NOT_YET)|INVALID_CA)/;
/** Of OpenSSL, about a file or a certificate that was shown. */
const OF_A_FILE = /^ERR_(OSSL|SSL|TLS)_/;

/**
 * Anything that was thrown on the way.
 * @param worked whether there was a connection before: then its end says nothing about the settings
 */
export function troubleOf(error: unknown, place: string, worked = false): RedisTrouble {
  const [code, message] = [codeOf(error), messageOf(error).slice(0, 300)];
  const said = CODES[code] ?? ANSWERS.find(([begins]) => begins.test(message))?.[1];
  if (said !== undefined) return said(place, message);
  if (UNSIGNED.test(code))
    return { reason: `the certificate of ${place} is not to be trusted: ${message}`, fix: AUTHORITY };
  if (OF_A_FILE.test(code))
    return {
      reason: `${place} can't be spoken to with these certificates: ${message}`,
      fix: 'Look at caFile, certFile and keyFile under Settings, Redis: PEM, and the key that belongs to the certificate.',
    };
  const why = SAID[message] ?? message;
  return { reason: `${place} can't be reached: ${why}${why === CLOSED && !worked ? HINT : ''}`, fix: null };
}

const CLOSED = 'it closed the connection';
const HINT = ' (does the address say rediss where TLS is on?)';
/** Where less is said than is known. */
const SAID: Readonly<Record<string, string>> = {
  'Socket closed unexpectedly': CLOSED,
  'read ECONNRESET': CLOSED,
  'write EPIPE': CLOSED,
  'Connection timeout': 'no answer',
};
