// Nothing enters, the size of a page of memory leaves: what /proc counts in. Read from the auxiliary vector of this process, pairs of
// 64-bit words (getauxval(3)), since Node does not tell it.
import { readFileSync } from 'node:fs';

/** AT_PAGESZ of elf.h. */
const PAGE_SIZE = 6n;
const USUAL_BYTES = 4096;

export function pageBytes(file = '/proc/self/auxv'): number {
  let vector: Buffer;
  try {
    vector = readFileSync(file);
  } catch {
    // Hidden from a process that may not be traced; nearly all machines have pages of this size.
    return USUAL_BYTES;
  }
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    if (vector.readBigUInt64LE(at) === PAGE_SIZE) return Number(vector.readBigUInt64LE(at + 8));
  }
  return USUAL_BYTES;
}
