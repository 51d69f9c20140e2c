// What the compiler made of the built program enters a folder of its owner's, and is there at the next start: reading the sources anew is a
// tenth of what a start costs. In: the environment, the home folder, the program's first file. Out: whether there is such a folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { pathsOf, programFolder } from './program-folder.ts';

export const codeCacheFolder = (
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string => pathsOf(platform).join(programFolder('cache', env, home, platform), 'code');

/** What no start has used for so long belongs to a build that is gone. */
const KEPT_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/**
 * Makes the folder of this build in `base`, and removes those of builds that are gone: each update would leave one behind.
 * @param program its name changes when anything of the build does, for it names the parts by their hashes.
 * @returns null where somebody else could write there: what is kept is run.
 */
export function openCodeCache(base: string, program: string, nowMs: number = Date.now()): string | null {
  if (!isOwnersAlone(nearest(base))) return null;
  const name = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 16);
  const folder = path.join(base, name);
  const isNew = !existsSync(folder);
  if (isNew) mkdirSync(folder, { recursive: true, mode: 0o700 });
  utimesSync(folder, nowMs / 1000, nowMs / 1000);
  if (isNew) removeUnused(base, nowMs);
  return isOwnersAlone(base) && isOwnersAlone(folder) ? folder : null;
}

function removeUnused(base: string, nowMs: number): void {
  for (const name of readdirSync(base)) {
    const folder = path.join(base, name);
    if (statSync(folder).mtimeMs < nowMs - KEPT_DAYS * MS_PER_DAY) rmSync(folder, { recursive: true });
  }
}

/** @returns whether there is one. Never throws: with a full or a read-only disk the sources are read, as at the first start. */
export function useCodeCache(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  program: string,
): boolean {
  try {
    const folder = openCodeCache(codeCacheFolder(env, home), program);
    return folder !== null && module.enableCompileCache(folder).status !== module.constants.compileCacheStatus.FAILED;
  } catch {
    return false;
  }
}

/** The folder itself, or the first above it that is there. */
function nearest(folder: string): string {
  let at = folder;
  while (!existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  return at;
}

/** Windows keeps a user's folders to the user, and has neither numbers of users nor these bits. */
function isOwnersAlone(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
