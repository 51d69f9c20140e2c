// The folder of the journal in, what somebody has thrown away of it out. journald itself removes the oldest file or two when it comes to
// its limit (SystemMaxUse); `journalctl --vacuum-…` and rm take most of them at once, and leave no word in the journal.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogNote } from './logs-source.ts';

export interface ArchiveWatch {
  /** Looks at most once in half a minute. Never rejects. */
  readonly look: () => Promise<readonly LogNote[]>;
}

const EVERY_MS = 30_000;
/** `system@0005f0…-0005f1….journal`: the files that are written no more. */
const ARCHIVED = /@.*\.journal~?$/;
const MOST_AT_ONCE_SHARE = 0.5;

export function archiveWatch(folders: readonly string[], nowMs: () => number): ArchiveWatch {
  let known: ReadonlySet<string> | null = null;
  let lookedMs = -Infinity;
  return {
    look: async () => {
      if (nowMs() - lookedMs < EVERY_MS) return [];
      lookedMs = nowMs();
      const before = known;
      known = new Set((await Promise.all(folders.map(archivesIn))).flat());
      if (before === null) return [];
      const now = known;
      const gone = [...before].filter((path) => !now.has(path)).length;
      const most = gone === before.size || (gone >= 3 && gone > MOST_AT_ONCE_SHARE * before.size);
      if (gone === 0 || !most) return [];
      const words = `${gone} of ${before.size} archived files of the journal were removed at once`;
      return [{ kind: 'cleared', what: 'the journal', words }];
    },
  };
}

/** One folder for each machine. */
async function archivesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (ARCHIVED.test(name)) found.push(path);
    else if ((await stat(path).catch(() => null))?.isDirectory() === true) {
      const inside = await readdir(path).catch(() => []);
      found.push(...inside.filter((file) => ARCHIVED.test(file)).map((file) => join(path, file)));
    }
  }
  return found;
}
