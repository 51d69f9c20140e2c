// What enters: a folder. What leaves: the bytes of the files in it, all levels, links not followed.
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files that go while they are counted (SQLite's log does) count as nothing, as does a folder that is not there yet. */
export function folderBytes(path: string): number {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map((file) => lstatSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
