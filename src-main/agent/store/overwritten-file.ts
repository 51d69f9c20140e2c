// The path of a file enters; the file is gone, and before that its bytes were overwritten where they lay. A solid-state disk, a journal or a
// file system that copies on writing may keep the old blocks all the same: nothing that a program can do reaches those.
import { open, rm } from 'node:fs/promises';
import { codeOf } from '../thrown.ts';

const BLOCK = Buffer.alloc(64 * 1024);

/** Fine when there is none. @returns its size in bytes, 0 where there was none. @throws the error of the file system. */
export async function removeOverwritten(path: string): Promise<number> {
  let size = 0;
  try {
    const file = await open(path, 'r+');
    try {
      ({ size } = await file.stat());
      for (let at = 0; at < size; at += BLOCK.length) await file.write(BLOCK, 0, Math.min(BLOCK.length, size - at), at);
      // Before the name goes: else the zeros may never be written.
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    // One that can't be written can still be removed.
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EROFS') throw error;
  }
  await rm(path, { force: true });
  return size;
}
