// Batches that could not be sent yet in, the same in their order out, over restarts: one sealed file each, the oldest let go when all
// together take too much room.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../replace-file.ts';
import { SealBroken, type Cipher } from '../../store/cipher.ts';
import { codeOf } from '../../thrown.ts';

export interface Batch {
  /** Lines in it. */
  readonly count: number;
  readonly bytes: Buffer;
}

export interface Spool {
  /** @throws the error of the file system; nothing is let go then */
  readonly add: (batch: Batch) => Promise<void>;
  /** All of them, oldest first. */
  readonly all: () => readonly Batch[];
  /** null where nothing waits. */
  readonly oldest: () => (Batch & { readonly name: string }) | null;
  readonly remove: (name: string) => void;
  readonly state: () => SpoolState;
  /** Lets all go, uncounted. */
  readonly clear: () => void;
}

export interface SpoolState {
  readonly batches: number;
  readonly bytes: number;
  /** Lines let go since the start, because there was no room or their file could not be read. */
  readonly dropped: number;
}

/** `000000000012-450`: in the order of the names, with the number of lines. */
const FORM = /^(\d{12})-(\d+)$/;

/**
 * @param dir made where it is missing, for its owner alone
 * @param mostBytes of all files together
 * @throws the error of the file system
 */
export function openSpool(dir: string, cipher: Cipher, mostBytes: number): Spool {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const files = new Map<string, number>();
  for (const name of readdirSync(dir).toSorted()) {
    if (FORM.test(name)) files.set(name, statSync(join(dir, name)).size);
    // What a write that was interrupted has left.
    else if (name.endsWith('.tmp')) rmSync(join(dir, name), { force: true });
  }
  let bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  let next = Number(FORM.exec([...files.keys()].at(-1) ?? '')?.[1] ?? 0) + 1;
  let dropped = 0;

  const countOf = (name: string): number => Number(FORM.exec(name)?.[2] ?? 0);
  function remove(name: string): void {
    rmSync(join(dir, name), { force: true });
    bytes -= files.get(name) ?? 0;
    files.delete(name);
  }
  function letGo(name: string): void {
    dropped += countOf(name);
    remove(name);
  }
  /** Sealed with another key, damaged or taken away: it can't be sent any more, and must not stand in the way of the others. */
  function read(name: string): (Batch & { readonly name: string }) | null {
    try {
      return { name, count: countOf(name), bytes: cipher.open(readFileSync(join(dir, name)), ['outlet', name]) };
    } catch (error) {
      if (!(error instanceof SealBroken) && codeOf(error) !== 'ENOENT') throw error;
      letGo(name);
      return null;
    }
  }
  return {
    add: async ({ count, bytes: plain }) => {
      const name = `${String(next).padStart(12, '0')}-${count}`;
      const sealed = cipher.seal(plain, ['outlet', name]);
      next += 1;
      await replaceFile(join(dir, name), sealed);
      files.set(name, sealed.byteLength);
      bytes += sealed.byteLength;
      for (const oldest of files.keys()) {
        if (bytes <= mostBytes) break;
        letGo(oldest);
      }
    },
    all: () => [...files.keys()].flatMap((name) => read(name) ?? []),
    oldest: () => {
      for (const name of files.keys()) {
        const batch = read(name);
        if (batch !== null) return batch;
      }
      return null;
    },
    remove,
    state: () => ({ batches: files.size, bytes, dropped }),
    clear: () => {
      for (const name of files.keys()) remove(name);
    },
  };
}
