// What the file system says of a file that holds a secret in, whether it still is one out.
import type { Stats } from 'node:fs';

/** Windows has no such bits; there the profile's folder is its owner's. */
const BITS_TELL = process.platform !== 'win32';

/** Others than its owner could have read it. */
export const isOpenToOthers = ({ mode }: Pick<Stats, 'mode'>): boolean => BITS_TELL && (mode & 0o077) !== 0;
