// What enters: files by name, in a folder where they lie sealed. What leaves: their plain bytes, in memory alone.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cipher } from './cipher.ts';
import { removeOverwritten } from './overwritten-file.ts';
import { replaceFile } from '../replace-file.ts';
import { codeOf } from '../thrown.ts';

export interface SealedFolder {
  /** Replaces the file as a whole, for its owner alone (0600): a reader sees the old content or the new, never a part. */
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  /** @returns null where there is none. @throws SealBroken for a file that was changed, exchanged or sealed with another key. */
  readonly read: (name: string) => Promise<Buffer | null>;
  /** Overwrites and removes what `unwanted` says of the names, and all that interrupted writes have left of such files. */
  readonly remove: (unwanted: (name: string) => boolean) => Promise<void>;
  /** Seals what an earlier version has kept in plain. */
  readonly sealPlain: () => Promise<void>;
}

const SEALED = '.sealed';
/** What `write` makes, and what the versions that sealed nothing made. */
const INTERRUPTED = /(\.sealed)?\.[0-9a-f-]{36}\.tmp$/;

/** @param dir made, with mode 0700, by the first write. */
export function sealedFolder(dir: string, cipher: Cipher): SealedFolder {
  const pathOf = (name: string): string => join(dir, name + SEALED);

  const write = (name: string, bytes: Uint8Array): Promise<void> =>
    replaceFile(pathOf(name), cipher.seal(bytes, ['file', name]));

  return {
    write,
    read: async (name) => {
      const sealed = await readFile(pathOf(name)).catch(nullWhenMissing);
      return sealed === null ? null : cipher.open(sealed, ['file', name]);
    },
    remove: async (unwanted) => {
      for (const file of await filesIn(dir)) {
        const name = file.replace(INTERRUPTED, '').replace(/\.sealed$/, '');
        if (unwanted(name)) await removeOverwritten(join(dir, file));
      }
    },
    sealPlain: async () => {
      const files = await filesIn(dir);
      for (const file of files.filter((name) => !name.endsWith(SEALED))) {
        // With its sealed copy beside it, a plain file is what an interrupted sealing has left.
        const wanted = !INTERRUPTED.test(file) && !files.includes(file + SEALED);
        if (wanted) await write(file, await readFile(join(dir, file)));
        await removeOverwritten(join(dir, file));
      }
    },
  };
}

async function filesIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(nullWhenMissing);
  return (entries ?? []).filter((entry) => entry.isFile()).map(({ name }) => name);
}

function nullWhenMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
