// An open database and a cipher in; whether its rows were sealed with that key out. The fact that tells it was sealed with the first key.
import { SealBroken, type Cipher } from './cipher.ts';
import type { Database } from './driver.ts';
import { factOf } from './sealed-rows.ts';

/** @returns why it does not fit; null where it does. */
export function misfitOf(db: Database, cipher: Cipher): SealBroken | null {
  const check = db.prepare<[], Buffer>("SELECT value FROM meta WHERE key = 'key-check'").pluck().get();
  try {
    factOf(cipher, 'key-check', check ?? Buffer.alloc(0));
    return null;
  } catch (error) {
    if (error instanceof SealBroken) return error;
    throw error;
  }
}
