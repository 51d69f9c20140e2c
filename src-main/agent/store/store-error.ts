// What enters: an error of SQLite or of the file system. What leaves: a StoreError that says what happened and what to do.
import { codeOf, messageOf } from '../thrown.ts';

/**
 * full: no space left. refused: the file system takes no more, for a quota, a limit or a failing disk. read-only, denied: the folder or file can't be written. busy: another program holds it.
 * newer: written by a newer SecLyzer. damaged: not a sound database. locked: the key to it is out of reach or another one.
 * runtime: this Node can't load the driver.
 */
export type StoreErrorKind =
  'full' | 'refused' | 'read-only' | 'denied' | 'busy' | 'newer' | 'damaged' | 'locked' | 'runtime' | 'failed';

export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/** Error codes by their beginning: SQLite extends its codes (`SQLITE_IOERR_WRITE`), so the first match counts. */
const KINDS: readonly (readonly [code: string, kind: StoreErrorKind])[] = [
  ['SQLITE_FULL', 'full'],
  // The index of the write-ahead log could not be given its 32 KiB.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  // SQLite tells ENOSPC alone from other errors of writing: a quota (EDQUOT) and a limit (EFBIG) come as this (os_unix.c, unixWrite).
  ['SQLITE_IOERR_WRITE', 'refused'],
  ['SQLITE_IOERR_FSYNC', 'refused'],
  ['SQLITE_IOERR_TRUNCATE', 'refused'],
  ['SQLITE_READONLY', 'read-only'],
  ['EROFS', 'read-only'],
  ['SQLITE_PERM', 'denied'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SEAL_BROKEN', 'damaged'],
];

function sentence(kind: StoreErrorKind, path: string, error: unknown): string {
  const said = messageOf(error);
  switch (kind) {
    case 'full':
      return `No space is left to write ${path}. Free some disk space, or choose another data folder with --data.`;
    case 'refused':
      return `The disk refuses what is written to ${path}: a quota or a limit is reached, or the disk fails. Free some of what you keep there, or choose another data folder with --data.`;
    case 'read-only':
      return `${path} is read-only. Make it writable, or choose another data folder with --data.`;
    case 'denied':
      return `No permission to write ${path}. Change its owner or mode, or choose another data folder with --data.`;
    case 'busy':
      return `Another program is holding ${path}. Close it and try again.`;
    case 'damaged':
      return `${path} is damaged (${said}). Start SecLyzer again: it sets a damaged file aside and begins a fresh one.`;
    case 'newer':
    case 'locked':
    case 'runtime':
    case 'failed':
      return `${path} could not be used: ${said}`;
  }
}

/** @param path the file or folder that was worked on; the message names it. */
export function storeError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const kind = KINDS.find(([start]) => code.startsWith(start))?.[1] ?? 'failed';
  return new StoreError(kind, sentence(kind, path, error), { cause: error });
}
