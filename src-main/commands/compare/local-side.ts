// Recordings in, what this version makes of them out: the windows of features that it would send, and its scores.
import { comparableOf, type Comparable } from '../../agent/compare/comparable.ts';
import { createTap } from '../../agent/publish/outlets/tap.ts';
import { replayFiles, type ReplayPlace } from '../../agent/replay-run.ts';
import type { OutputSide } from './side.ts';

export function localSide(files: readonly string[], place: Omit<ReplayPlace, 'tap'>): OutputSide {
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
      const { refused, problems, events } = await replayFiles(files, { ...place, tap }, pass);
      if (events === 0) throw new Error(`There is no event in ${files.join(', ')}.`);
      return { refused, problems };
    },
  };
}
