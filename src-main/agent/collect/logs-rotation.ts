// A log file and what was read of it in, which file it is now, and which come after it, out. A file is known by its beginning: names and
// inodes are given to others when logs are rotated. Plain and compressed (.gz) files alike.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';

/** What a file begins with. */
export interface Head {
  /** Bytes, up to 256; a file that has only begun has fewer. */
  readonly length: number;
  readonly sha256: string;
}

export interface LogFile {
  readonly path: string;
  readonly compressed: boolean;
  readonly ino: number;
  /** Of the content; for a compressed file as its trailer says (modulo 4 GiB, RFC 1952). */
  readonly size: number;
  readonly mtimeMs: number;
}

const HEAD_BYTES = 256;

export const headOf = (bytes: Uint8Array): Head => ({
  length: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
});

/** @returns up to 256 bytes of the content. @throws where it can't be read. */
export async function beginningOf({ path, compressed }: Pick<LogFile, 'path' | 'compressed'>): Promise<Buffer> {
  if (!compressed) {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
  const parts: Buffer[] = [];
  let length = 0;
  const stream = createReadStream(path).pipe(createGunzip());
  for await (const part of stream) {
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length >= HEAD_BYTES) break;
  }
  stream.destroy();
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

/** Whether a file that begins so is the one that began so; an empty beginning says nothing. */
export const beginsAlike = (beginning: Buffer, head: Head): boolean =>
  head.length > 0 &&
  beginning.length >= head.length &&
  headOf(beginning.subarray(0, head.length)).sha256 === head.sha256;

/**
 * Files that the log was rotated to, oldest first: `auth.log.2.gz`, `auth.log.1`, `auth.log-20240107`, also in `old/` where logrotate's
 * `olddir` is called so. What can't be read is left out.
 */
async function rotatedFiles(path: string): Promise<readonly LogFile[]> {
  const name = basename(path);
  const folder = dirname(path);
  const found: LogFile[] = [];
  for (const entry of await readdir(folder).catch(() => [])) {
    if (!entry.startsWith(name) || !/^(?:[.-]\d[\d-]*(?:\.\d+)?)(?:\.gz)?$/.test(entry.slice(name.length))) continue;
    const file = await lookAt(join(folder, entry)).catch(() => null);
    if (file !== null) found.push(file);
  }
  return found.toSorted((a, b) => a.mtimeMs - b.mtimeMs || numberOf(b.path) - numberOf(a.path));
}

const numberOf = (path: string): number => Number(/\.(\d{1,4})(?:\.gz)?$/.exec(path)?.[1] ?? 0);

async function lookAt(path: string): Promise<LogFile | null> {
  const found = await stat(path);
  if (!found.isFile()) return null;
  const compressed = path.endsWith('.gz');
  const size = compressed ? await unpackedSize(path, found.size) : found.size;
  return { path, compressed, ino: found.ino, size, mtimeMs: found.mtimeMs };
}

async function unpackedSize(path: string, packed: number): Promise<number> {
  if (packed < 18) return 0;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, packed - 4);
    return buffer.readUInt32LE();
  } finally {
    await file.close();
  }
}

/** The file among the rotated ones that begins so, and those that came after it. */
export async function findRotated(
  path: string,
  { head, ino }: { readonly head: Head; readonly ino: number },
): Promise<{ readonly file: LogFile; readonly after: readonly LogFile[] } | null> {
  const files = await rotatedFiles(path);
  // From the newest on: an older copy of the same file is of no use.
  for (let i = files.length - 1; i >= 0; i -= 1) {
    const file = files[i] as LogFile;
    const beginning = await beginningOf(file).catch(() => null);
    // One of which nothing was seen yet is known by its inode.
    const empty = head.length === 0 && file.ino === ino;
    if (empty || (beginning !== null && beginsAlike(beginning, head))) return { file, after: files.slice(i + 1) };
  }
  return null;
}
