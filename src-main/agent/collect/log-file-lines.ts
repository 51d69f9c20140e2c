// A log file in, its lines in blocks out, from the beginning to the end: for reading once what is there. Plain or compressed, or what
// comes in on stdin. Bounded in memory, whatever the length of the file or of its lines.
import { createReadStream, type Stats } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../thrown.ts';
import { LONGEST_LINE_BYTES, splitLines } from './logs-lines.ts';
import { whoMayRead } from './logs-permission.ts';

export interface LineBlock {
  readonly lines: readonly string[];
  /** Of the file as it lies on the disk, read so far. */
  readonly bytes: number;
}

export interface LogFileLines {
  readonly blocks: (most: number) => AsyncGenerator<LineBlock, void>;
  /** On the disk; null for stdin. */
  readonly size: number | null;
  /** No line was written after this. */
  readonly mtimeMs: number;
}

export const STDIN = '-';
/** Blocks of the file: longer ones are faster, and each costs its size in memory twice. */
const BLOCK_BYTES = 256 * 1024;

/** @throws Error where the file can't be read. */
export async function openLogFile(path: string): Promise<LogFileLines> {
  if (path === STDIN)
    return { blocks: (most) => blocksOf(process.stdin, () => 0, most), size: null, mtimeMs: Date.now() };
  const { size, mtimeMs } = await readable(path);
  return {
    size,
    mtimeMs,
    blocks: (most) => {
      if (!path.endsWith('.gz')) {
        let read = 0;
        return blocksOf(
          plainParts(path, (fresh) => void (read += fresh)),
          () => read,
          most,
        );
      }
      const file = createReadStream(path, { highWaterMark: BLOCK_BYTES });
      const bytes = (): number => file.bytesRead;
      const plain = createGunzip({ chunkSize: BLOCK_BYTES });
      file.on('error', (error) => plain.destroy(error));
      return blocksOf(file.pipe(plain), bytes, most);
    },
  };
}

/** @throws Error that says what to do about it. */
async function readable(path: string): Promise<Stats> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Error(`${path} is a folder; name the log files in it.`);
    await access(path, constants.R_OK);
    return found;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new Error(`There is no file ${path}.`, { cause: error });
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    const { reason, fix } = await whoMayRead(path);
    throw new Error(`It can't be read: ${reason}. ${fix}`, { cause: error });
  }
}

/** Into the same memory again and again: what a stream reads into a buffer of its own each time lies about until it is collected. */
async function* plainParts(path: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  const file = await open(path, 'r');
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, BLOCK_BYTES, null);
      if (bytesRead === 0) return;
      onRead(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* blocksOf(
  parts: AsyncIterable<Buffer>,
  bytes: () => number,
  most: number,
): AsyncGenerator<LineBlock, void> {
  // What waits for the rest of its line is shorter than the longest one.
  const room = Buffer.allocUnsafeSlow(LONGEST_LINE_BYTES + BLOCK_BYTES);
  let length = 0;
  let skipping = false;
  for await (const part of parts) {
    for (let from = 0; from < part.length; from += BLOCK_BYTES) {
      length += part.copy(room, length, from, from + BLOCK_BYTES);
      let at = 0;
      for (let more = true; more;) {
        const split = splitLines(room.subarray(at, length), skipping, most);
        ({ skipping } = split);
        at += split.consumed;
        if (split.lines.length > 0) yield { lines: split.lines, bytes: bytes() };
        more = split.consumed > 0 && at < length;
      }
      room.copyWithin(0, at, length);
      length -= at;
    }
  }
  // The last line of a file may lack its end.
  if (length > 0 && !skipping) yield { lines: [room.toString('utf8', 0, length)], bytes: bytes() };
}
