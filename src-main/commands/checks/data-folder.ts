// Whether the data folder can be used, and is its owner's alone.
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from './capability.ts';

export const dataFolder =
  (dir: string): Check =>
  async () => {
    const found = await stat(dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (found === null) {
      const parent = await nearestFolder(dirname(dir));
      if (await writable(parent)) return { state: 'works', detail: `${dir} (made at the first start)`, fix: null };
      return { state: 'missing', detail: `${parent} can not be written`, fix: 'Choose another folder with --data.' };
    }
    if (!found.isDirectory() || !(await writable(dir))) {
      return { state: 'missing', detail: `${dir} can not be written`, fix: 'Choose another folder with --data.' };
    }
    if ((found.mode & 0o077) === 0) return { state: 'works', detail: dir, fix: null };
    return { state: 'partly', detail: `other users can look into ${dir}`, fix: `chmod 700 '${dir}'` };
  };

async function nearestFolder(dir: string): Promise<string> {
  const there = await stat(dir).catch(() => null);
  return there !== null || dirname(dir) === dir ? dir : nearestFolder(dirname(dir));
}

const writable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
