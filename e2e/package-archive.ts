// Enters: an application's archive (app.asar). Leaves: the files that it lists, without reading them.
import { closeSync, openSync, readSync } from 'node:fs';

export interface ArchivedFile {
  /** From the archive's root, with slashes. */
  readonly name: string;
  /** Beside the archive, in the folder that carries its name and `.unpacked`. */
  readonly isUnpacked: boolean;
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
}

/** Two pickles: the size of the second, and in it the list as JSON after its own length (github.com/electron/asar, "Format"). */
const LENGTH_OFFSET = 12;
const LIST_OFFSET = 16;

export function readArchive(file: string): readonly ArchivedFile[] {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(LIST_OFFSET);
    readSync(handle, head, 0, LIST_OFFSET, 0);
    const list = Buffer.alloc(head.readUInt32LE(LENGTH_OFFSET));
    readSync(handle, list, 0, list.length, LIST_OFFSET);
    return filesBelow(JSON.parse(list.toString()) as Entry, '');
  } finally {
    closeSync(handle);
  }
}

function filesBelow({ files = {} }: Entry, folder: string): readonly ArchivedFile[] {
  return Object.entries(files).flatMap(([name, entry]) =>
    entry.files === undefined
      ? [{ name: `${folder}${name}`, isUnpacked: entry.unpacked === true }]
      : filesBelow(entry, `${folder}${name}/`),
  );
}
