// Paths under /proc and /sys enter, what the kernel writes there leaves; null where it has nothing to say.
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { codeOf } from '../../thrown.ts';

export interface ProcFiles {
  /** Keeps the file open: reading it again costs a third. null where there is none, or it may not be read. */
  readonly read: (path: string) => string | null;
  /** Opens and closes it: for what exists briefly, such as a process. */
  readonly readOnce: (path: string) => string | null;
  /** Where a link leads. */
  readonly target: (path: string) => string | null;
  /** Names in a folder; none where there is no such folder. */
  readonly list: (path: string) => readonly string[];
  readonly close: () => void;
}

/**
 * No file, gone since it was listed, somebody else's, or a sensor that does not answer at this moment. Anything else is an error of
 * ours.
 */
const UNREADABLE = new Set([
  ...['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR', 'ENODEV', 'ENXIO'],
  ...['ENODATA', 'EIO', 'EAGAIN', 'EBUSY', 'EINVAL', 'ETIMEDOUT', 'EOPNOTSUPP', 'ELOOP'],
]);

const FIRST_BYTES = 65_536;
const MOST_BYTES = 2 ** 24;

/** @param root in front of every path: another one for tests. */
export function openProcFiles(root = ''): ProcFiles {
  const kept = new Map<string, number>();
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);

  /** The kernel hands a long list over in pieces of a page, whatever room there is. */
  function readAll(descriptor: number): string {
    let length = 0;
    for (;;) {
      const got = readSync(descriptor, buffer, length, buffer.length - length, length);
      length += got;
      if (got === 0) return buffer.toString('utf8', 0, length);
      if (length < buffer.length) continue;
      if (buffer.length >= MOST_BYTES) throw new Error('a file of the kernel is longer than 16 MiB');
      const larger = Buffer.allocUnsafe(buffer.length * 2);
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
  function forget(path: string): void {
    const descriptor = kept.get(path);
    if (descriptor !== undefined) closeSync(descriptor);
    kept.delete(path);
  }
  function read(path: string): string | null {
    try {
      let descriptor = kept.get(path);
      if (descriptor === undefined) kept.set(path, (descriptor = openSync(root + path, 'r')));
      return readAll(descriptor);
    } catch (error) {
      // A device that was taken out leaves a dead descriptor behind; when it comes back the path leads to another one.
      forget(path);
      return nullIfUnreadable(error);
    }
  }
  return {
    read,
    readOnce: (path) => {
      try {
        return readFileSync(root + path, 'utf8');
      } catch (error) {
        return nullIfUnreadable(error);
      }
    },
    target: (path) => {
      try {
        return readlinkSync(root + path);
      } catch (error) {
        return nullIfUnreadable(error);
      }
    },
    list: (path) => {
      try {
        return readdirSync(root + path);
      } catch (error) {
        return nullIfUnreadable(error) ?? [];
      }
    },
    close: () => {
      for (const path of kept.keys()) forget(path);
    },
  };
}

function nullIfUnreadable(error: unknown): null {
  if (UNREADABLE.has(codeOf(error))) return null;
  throw error;
}
