// What enters: the hash of an entry of the audit log. What leaves: the code by which the holder of the key says that it is his, and
// whether he has erased what the entry said: without the key nobody can make one, nor turn the one into the other.
import { timingSafeEqual } from 'node:crypto';
import type { Cipher } from '../cipher.ts';
import { hex } from './link.ts';

/** kept: the body is there. erased: it is gone, by the owner's wish or by age, and the hash alone is left. */
export type Fate = 'kept' | 'erased';

/** HMAC-SHA256 of the text `kept HASH` or `erased HASH`. */
export const vouch = (cipher: Pick<Cipher, 'sign'>, hash: Uint8Array, fate: Fate): Buffer =>
  cipher.sign(`${fate} ${hex(hash)}`);

export function vouchedFor(cipher: Pick<Cipher, 'sign'>, hash: Uint8Array, fate: Fate, code: Uint8Array): boolean {
  const right = vouch(cipher, hash, fate);
  return code.byteLength === right.byteLength && timingSafeEqual(code, right);
}
