// What enters: a folder. What leaves: the files in it, all levels, links not followed, with their sizes in bytes.
import { lstatSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface SizedFile {
  /** The file or the folder right in the given one that it is, or lies in. */
  readonly top: string;
  readonly size: number;
}

/** Files that go while they are counted (SQLite's log does) count as nothing, as does a folder that is not there yet. */
export function folderFiles(path: string): SizedFile[] {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((file) => {
      const place = join(file.parentPath, file.name);
      const [top = ''] = relative(path, place).split(sep);
      return { top, size: lstatSync(place, { throwIfNoEntry: false })?.size ?? 0 };
    });
}

export const folderBytes = (path: string): number => folderFiles(path).reduce((sum, { size }) => sum + size, 0);

export const folderMiB = (path: string): number => folderBytes(path) / 2 ** 20;
