// A log file in, its lines in blocks out, from the beginning to the end: for reading once what is there. Plain or compressed, or what
// comes in on stdin. Bounded in memory, whatever the length of the file or of its lines.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { LONGEST_LINE_BYTES, splitLines } from './logs-lines.ts';

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
  const { size, mtimeMs } = await stat(path);
  return {
    size,
    mtimeMs,
    blocks: (most) => {
      const file = createReadStream(path, { highWaterMark: BLOCK_BYTES });
      const bytes = (): number => file.bytesRead;
      if (!path.endsWith('.gz')) return blocksOf(file, bytes, most);
      const plain = createGunzip({ chunkSize: BLOCK_BYTES });
      file.on('error', (error) => plain.destroy(error));
      return blocksOf(file.pipe(plain), bytes, most);
    },
  };
}

async function* blocksOf(stream: Readable, bytes: () => number, most: number): AsyncGenerator<LineBlock, void> {
  let waiting: Buffer = Buffer.alloc(0);
  let skipping = false;
  for await (const part of stream) {
    waiting = waiting.length === 0 ? (part as Buffer) : Buffer.concat([waiting, part as Buffer]);
    for (let more = true; more;) {
      const split = splitLines(waiting, skipping, most);
      ({ skipping } = split);
      waiting = waiting.subarray(split.consumed);
      if (split.lines.length > 0) yield { lines: split.lines, bytes: bytes() };
      more = split.consumed > 0 && waiting.length > 0;
    }
  }
  // The last line of a file may lack its end.
  if (waiting.length > 0 && !skipping)
    yield { lines: [waiting.subarray(0, LONGEST_LINE_BYTES).toString('utf8')], bytes: bytes() };
}
