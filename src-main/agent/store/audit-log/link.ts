// What enters: one entry of the audit log and the hash of the one before it. What leaves: its own hash, which stands for all up to it.
// The hash needs no key, so that anybody can follow the chain and a hash that was noted elsewhere stays a witness; what says that it was
// SecLyzer who wrote it is the code of vouch.ts.
import { createHash } from 'node:crypto';

/** What of an entry is under its hash. `digest` stands for the sealed body, so that the body can go and the chain stays. */
export interface LinkedPart {
  /** From 1 on, without gaps. */
  readonly seq: number;
  /** Hash of the entry before; zeros for the first. */
  readonly prev: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly at_ms: number;
  readonly kind: string;
  /** SHA-256 of the body as it lies in the file. */
  readonly digest: Uint8Array;
}

const HASH_BYTES = 32;
export const NO_HASH: Uint8Array = new Uint8Array(HASH_BYTES);
const FORMAT = 'seclyzer-entry-1';

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** SHA-256 of the JSON text `["seclyzer-entry-1",seq,prev,at_ms,kind,digest]`, both hashes as hexadecimal digits. */
export function linkHash({ seq, prev, at_ms, kind, digest }: LinkedPart): Buffer {
  return sha256(Buffer.from(JSON.stringify([FORMAT, seq, hex(prev), at_ms, kind, hex(digest)])));
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
