// What enters: bytes, and what they are. What leaves: the same bytes sealed, so that only the holder of the key can read them and
// nobody can change them or put them in another's place unnoticed; and back.
// A sealed record is a format byte, a nonce of 12 bytes, the ciphertext and a tag of 16 bytes: AES-256-GCM, NIST SP 800-38D.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

/** Where a record belongs, as `window.vector`, and what tells it from the others there. Sealed along, never stored. */
export type SealContext = readonly [place: string, ...identity: (string | number | null)[]];

export interface Cipher {
  readonly seal: (bytes: Uint8Array, context: SealContext) => Buffer;
  /** @throws SealBroken for anything but what `seal` has made with the same key and context. */
  readonly open: (sealed: Uint8Array, context: SealContext) => Buffer;
  /** HMAC-SHA256, by a key of its own that HKDF (RFC 5869) derives from the one given: 32 bytes that say who wrote a text that is no secret. */
  readonly sign: (text: string) => Buffer;
}

export class SealBroken extends Error {
  readonly code = 'SEAL_BROKEN';

  constructor(place: string, options?: ErrorOptions) {
    super(`a record of ${place} does not match its seal`, options);
    this.name = 'SealBroken';
  }
}

export const KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
/** Drawn anew for each record: two of 2^32 meet with a chance of 2^-33 (SP 800-38D, 8.3); the agent seals 2^25 in a year. */
const NONCE_BYTES = 12;
/** Drawn at once: to ask for twelve bytes takes a quarter of the time of sealing a small record. */
const NONCES = 256;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;
const SIGNING_KEY = 'seclyzer audit log';

/** @param key 32 bytes. @throws RangeError for another length. */
export function createCipher(key: Uint8Array): Cipher {
  if (key.byteLength !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes, not ${key.byteLength}`);
  const nextNonce = nonces();
  const secret = createSecretKey(key);
  const signingKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', SIGNING_KEY, KEY_BYTES)));
  const options = { authTagLength: TAG_BYTES };
  return {
    sign: (text) => createHmac('sha256', signingKey).update(text).digest(),
    seal: (bytes, context) => {
      const nonce = nextNonce();
      const cipher = createCipheriv(ALGORITHM, secret, nonce, options).setAAD(associatedData(context));
      const sealed = Buffer.allocUnsafe(HEAD_BYTES + bytes.byteLength + TAG_BYTES);
      sealed[0] = FORMAT;
      sealed.set(nonce, 1);
      // As long as what went in; what a stream cipher holds back until its end is nothing.
      sealed.set(cipher.update(bytes), HEAD_BYTES);
      cipher.final();
      sealed.set(cipher.getAuthTag(), HEAD_BYTES + bytes.byteLength);
      return sealed;
    },
    open: (sealed, context) => {
      const tagAt = sealed.byteLength - TAG_BYTES;
      if (tagAt < HEAD_BYTES || sealed[0] !== FORMAT) throw new SealBroken(context[0]);
      try {
        const decipher = createDecipheriv(ALGORITHM, secret, sealed.subarray(1, HEAD_BYTES), options)
          .setAAD(associatedData(context))
          .setAuthTag(sealed.subarray(tagAt));
        const bytes = decipher.update(sealed.subarray(HEAD_BYTES, tagAt));
        // Says whether all this is true; what a stream cipher holds back until here is nothing.
        decipher.final();
        return bytes;
      } catch (error) {
        throw new SealBroken(context[0], { cause: error });
      }
    },
  };
}

/** Each is handed out once. */
function nonces(): () => Uint8Array {
  let drawn = new Uint8Array();
  let at = 0;
  return () => {
    if (at === drawn.byteLength) [drawn, at] = [randomBytes(NONCES * NONCE_BYTES), 0];
    const nonce = drawn.subarray(at, at + NONCE_BYTES);
    at += NONCE_BYTES;
    return nonce;
  };
}

/** JSON, for it keeps apart what stands side by side: `["a","b,c"]` and `["a,b","c"]`. */
const associatedData = (context: SealContext): Buffer => Buffer.from(JSON.stringify([FORMAT, ...context]));
