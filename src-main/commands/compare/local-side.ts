// Recordings in, what this version makes of them out: the windows of features that it would send, and its scores.
import { existsSync, type Stats } from 'node:fs';
import { cp, lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockData } from '../../agent/store/data-lock.ts';
import { comparableOf, type Comparable } from '../../agent/compare/comparable.ts';
import { createTap } from '../../agent/publish/outlets/tap.ts';
import { replayFiles, type ReplayPlace } from '../../agent/replay-run.ts';
import type { OutputSide } from './side.ts';

/** @param models a data folder whose models are used: a copy of it, for a replay goes on to teach what it has */
export function localSide(
  files: readonly string[],
  place: Omit<ReplayPlace, 'tap' | 'dataDir'>,
  models: string | null,
): OutputSide {
  return {
    ...{ words: 'this version', isLive: false, isAnonymous: true },
    run: async (sink, signal) => {
      const tap = createTap();
      let waiting: Comparable[] = [];
      tap.listen((record) => waiting.push(comparableOf(record, '')));
      const pass = async (): Promise<void> => {
        signal.throwIfAborted();
        const records = waiting;
        waiting = [];
        for (const record of records) await sink(record);
      };
      const copy = models === null ? null : await copyOf(models);
      const { refused, problems, events } = await replayFiles(
        files,
        { ...place, tap, ...(copy === null ? {} : { dataDir: copy }) },
        pass,
      ).finally(async () => {
        if (copy !== null) await rm(copy, { recursive: true, force: true });
      });
      if (events === 0) throw new Error(`There is no event in ${files.join(', ')}.`);
      return { refused, problems };
    },
  };
}

/** No socket of an agent that ended without removing it. */
const isKept = (one: Stats): boolean => one.isFile() || one.isDirectory();

/** For its owner alone. @throws AlreadyRunning while an agent writes to the folder */
async function copyOf(folder: string): Promise<string> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const lock = lockData(folder);
  try {
    const copy = await mkdtemp(join(tmpdir(), 'seclyzer-compare-'));
    await cp(folder, copy, { recursive: true, filter: async (source) => isKept(await lstat(source)) });
    return copy;
  } finally {
    lock.release();
  }
}
