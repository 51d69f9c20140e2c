// One file of a log in, its bytes from a place on out: the log itself, which may grow and be emptied, or one that it was rotated to,
// plain or compressed.
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { splitLines } from './logs-lines.ts';
import { beginningOf, beginsAlike, headOf, type Head, type LogFile } from './logs-rotation.ts';

/** Where reading has got to: in the file that begins so, whatever it is called by now. */
export interface FilePosition {
  readonly head: Head;
  readonly ino: number;
  readonly offset: number;
  /** In the middle of a line that was too long. */
  readonly skipping: boolean;
}

export interface Reading {
  /** It is the log itself, not what it was rotated to. */
  readonly live: boolean;
  readonly position: () => FilePosition;
  /** How much of it has been read: the position, and what there is of a line that lacks its end. */
  readonly readTo: () => number;
  /** Whether it is the file that a position is in. */
  readonly beginsAs: (head: Head) => boolean;
  /** Of the file when it was opened. */
  readonly mtimeMs: number;
  /** null at the end, for now. `emptied` where the file is no longer the one that was opened. @param upTo no byte from here on */
  readonly lines: (most: number, upTo: number | null) => Promise<readonly string[] | 'emptied' | null>;
  /** Whether no folder holds it any more. */
  readonly isGone: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

const BLOCK_BYTES = 64 * 1024;
const HEAD_BYTES = 256;
const EMPTY = Buffer.alloc(0);

interface Bytes {
  readonly next: (at: number, most: number) => Promise<Buffer | null>;
  readonly handle: FileHandle | null;
  readonly close: () => Promise<void>;
}

/** @throws where the file can't be opened or read. */
export async function openReading(
  file: Pick<LogFile, 'path' | 'compressed'>,
  live: boolean,
  from: Pick<FilePosition, 'offset' | 'skipping'>,
): Promise<Reading> {
  let beginning = await beginningOf(file);
  let head = headOf(beginning);
  const bytes = file.compressed ? packedBytes(file.path, from.offset) : await plainBytes(file.path);
  const found = await bytes.handle?.stat();
  const ino = found?.ino ?? 0;
  let { offset, skipping } = from;
  let waiting: Buffer = EMPTY;

  /** One that was emptied and has grown past the old place again looks as if nobody had touched it, but for its beginning. */
  const isTheSame = async (): Promise<boolean> => {
    if (!live || bytes.handle === null) return true;
    const { buffer, bytesRead } = await bytes.handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const now = buffer.subarray(0, bytesRead);
    if (head.length > 0 && !beginsAlike(now, head)) return false;
    if (now.length > head.length) [beginning, head] = [now, headOf(now)];
    return true;
  };

  return {
    ...{ live, mtimeMs: found?.mtimeMs ?? 0 },
    position: () => ({ head, ino, offset, skipping }),
    readTo: () => offset + waiting.length,
    beginsAs: (other) => beginsAlike(beginning, other),
    lines: async (most, upTo) => {
      for (;;) {
        const at = offset + waiting.length;
        const wanted = upTo === null ? Infinity : upTo - at;
        // What a compressed file gives is as long as it likes; the rest of it is read anew by whoever goes on from there.
        const fresh = wanted <= 0 ? null : ((await bytes.next(at, wanted))?.subarray(0, wanted) ?? null);
        if (fresh !== null) {
          if (!(await isTheSame())) return 'emptied';
          waiting = waiting.length === 0 ? fresh : Buffer.concat([waiting, fresh]);
        }
        const split = splitLines(waiting, skipping, most);
        waiting = waiting.subarray(split.consumed);
        offset += split.consumed;
        skipping = split.skipping;
        if (split.lines.length > 0) return split.lines;
        if (fresh === null && split.consumed === 0) return null;
      }
    },
    isGone: async () => bytes.handle !== null && (await bytes.handle.stat()).nlink === 0,
    close: bytes.close,
  };
}

async function plainBytes(path: string): Promise<Bytes> {
  const handle = await open(path, 'r');
  return {
    handle,
    next: async (at, most) => {
      const length = Math.min(BLOCK_BYTES, most);
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
      return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}

/** From a place in the content on; a compressed file does not grow. */
function packedBytes(path: string, offset: number): Bytes {
  const parts = unpacked(path, offset);
  let rest: Buffer = EMPTY;
  return {
    handle: null,
    // No more than is asked for: what lies beyond may be to be read another time.
    next: async (_, most) => {
      if (rest.length === 0) {
        const part = await parts.next();
        if (part.done === true) return null;
        rest = part.value;
      }
      const given = rest.subarray(0, most);
      rest = rest.subarray(given.length);
      return given;
    },
    close: async () => void (await parts.return(undefined)),
  };
}

async function* unpacked(path: string, offset: number): AsyncGenerator<Buffer, undefined> {
  let skip = offset;
  for await (const part of createReadStream(path).pipe(createGunzip())) {
    const bytes = part as Buffer;
    if (skip >= bytes.length) skip -= bytes.length;
    else {
      yield bytes.subarray(skip);
      skip = 0;
    }
  }
  return undefined;
}
