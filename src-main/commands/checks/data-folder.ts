// Whether the data folder can be used, and is its owner's alone.
import type { Stats } from 'node:fs';
import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from './capability.ts';

const ELSEWHERE = 'Choose another folder with --data.';

export const dataFolder =
  (dir: string): Check =>
  async () => {
    const { path, found } = await nearest(dir);
    if (!found.isDirectory()) return { state: 'missing', detail: `${path} is not a folder`, fix: ELSEWHERE };
    if (!(await takesFolders(path))) return { state: 'missing', detail: `${path} can not be written`, fix: ELSEWHERE };
    if (path !== dir) return { state: 'works', detail: `${dir} (made at the first start)`, fix: null };
    if ((found.mode & 0o077) === 0) return { state: 'works', detail: dir, fix: null };
    return { state: 'partly', detail: `other users can look into ${dir}`, fix: `chmod 700 '${dir}'` };
  };

/** The folder itself, or what there is of the way to it. */
async function nearest(path: string): Promise<{ readonly path: string; readonly found: Stats }> {
  try {
    return { path, found: await stat(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(path) === path) throw error;
    return nearest(dirname(path));
  }
}

/** Tried, not asked: by its permissions /proc would take one, from root at least. */
async function takesFolders(path: string): Promise<boolean> {
  try {
    await rmdir(await mkdtemp(join(path, '.seclyzer-doctor-')));
    return true;
  } catch {
    return false;
  }
}
