// Enters: the path of a recording, plain or gzipped, or `-` for standard input. Leaves: its text, piece by piece, as far as it can be read.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { whyUnreadable } from '../thrown.ts';

/** The decompressor keeps back what it made of a piece in which it finds damage, so the pieces are small. */
const PIECE_BYTES = 4096;

/** What stands for standard input in the place of a path. */
export const STANDARD_INPUT = '-';

/** How the text ended. `cut off`: the compressed stream stops in the middle. `damaged`: it contradicts itself. */
export type TextEnd = 'complete' | 'cut off' | 'damaged';

/**
 * Yields all text that can be recovered, then returns how it ended.
 * @throws Error for a file that is missing, unreadable, or no gzip file although its name says so
 */
export async function* recordingText(path: string): AsyncGenerator<string, TextEnd> {
  const decoder = new TextDecoder();
  const chunks = fileChunks(path);
  if (!path.endsWith('.gz')) {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
    return 'complete';
  }
  const pieces = inflate(chunks, path);
  for (;;) {
    const piece = await pieces.next();
    if (piece.done === true) return piece.value;
    yield decoder.decode(piece.value, { stream: true });
  }
}

async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  if (path === STANDARD_INPUT) {
    for await (const chunk of process.stdin) yield chunk as Buffer;
    return;
  }
  const stream = createReadStream(path, { highWaterMark: path.endsWith('.gz') ? PIECE_BYTES : 65_536 });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): Error =>
  new Error(`cannot read the recording ${path}: ${whyUnreadable(error)}`, { cause: error });

/** Before everything else is started. @throws Error that says why it can't be read */
export async function mustBeReadable(path: string): Promise<void> {
  try {
    await using file = await open(path);
    await file.read(Buffer.alloc(1));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* inflate(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer, TextEnd> {
  const inflater = createInflater();
  try {
    for await (const chunk of chunks) {
      await inflater.feed(chunk);
      yield* inflater.take();
      if (inflater.failure() !== null) break;
    }
    await inflater.finish();
    yield* inflater.take();
  } finally {
    inflater.close();
  }
  const failure = inflater.failure();
  if (failure === null) return 'complete';
  if (failure.code === 'Z_BUF_ERROR') return 'cut off';
  if (failure.message === 'incorrect header check') {
    throw new Error(`cannot read the recording ${path}: it is not a gzip file`, { cause: failure });
  }
  return 'damaged';
}

interface Inflater {
  readonly feed: (chunk: Buffer) => Promise<void>;
  readonly finish: () => Promise<void>;
  /** What has come out since the last call. */
  readonly take: () => readonly Buffer[];
  readonly failure: () => (Error & { readonly code?: string }) | null;
  readonly close: () => void;
}

/**
 * A decompressor that is fed piece by piece. A pipe would lose what lies in its buffers when the stream ends in an error,
 * and a recording that was cut off is to be read up to the cut.
 */
function createInflater(): Inflater {
  const gunzip = createGunzip();
  let out: Buffer[] = [];
  let failure: Error | null = null;
  gunzip.on('data', (piece: Buffer) => out.push(piece));
  gunzip.on('error', (error) => (failure = error));
  // After an error a write is not called back; the stream is closed instead.
  let proceed = (): void => undefined;
  gunzip.on('close', () => proceed());
  const step = (begin: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      proceed = resolve;
      if (gunzip.destroyed) resolve();
      else begin(resolve);
    });
  return {
    feed: async (chunk) => {
      await step((done) => gunzip.write(chunk, () => done()));
      // The turn after the callback brings the last of the output.
      await nextTurn();
    },
    finish: () => step(() => gunzip.end()),
    take: () => {
      const ready = out;
      out = [];
      return ready;
    },
    failure: () => failure,
    close: () => void gunzip.destroy(),
  };
}
