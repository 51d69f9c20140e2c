// The running agent's exports. In: who asks for a piece, or for a file. Out: the pieces one after the other, each made when it is asked for,
// or the path of a file among the user's downloads.
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DataPeriod } from '../../../src-preload/contract.ts';
import { downloadFolder } from './download-folder.ts';
import type { Period } from '../store/newest-first.ts';
import { codeOf } from '../thrown.ts';

export interface ExportDesk {
  readonly piece: (id: number | null, period: DataPeriod) => { id: number; text: string; done: boolean };
  readonly file: (period: DataPeriod) => Promise<{ path: string; bytes: number }>;
  /** For a download: the pieces, each in a turn of its own. @throws Error while it is in doubt who asks. */
  readonly pieces: (period: DataPeriod) => AsyncGenerator<string>;
}

export interface ExportDeskParts {
  readonly text: (period: Period) => Generator<string>;
  /** Why nothing may be had out now; null where it may. */
  readonly refusal: () => string | null;
  /** Something was had out. */
  readonly exported: (period: DataPeriod) => void;
  readonly nowMs: () => number;
}

/** Exports under way at once; the one that was asked for longest ago goes for another. */
const AT_ONCE = 2;

export const periodOf = ({ fromMs, toMs }: DataPeriod): Period => ({
  fromMs: fromMs ?? -Infinity,
  toMs: toMs ?? Infinity,
});

export function createExportDesk(parts: ExportDeskParts): ExportDesk {
  const running = new Map<number, Generator<string>>();
  let lastId = 0;

  const mustBeAllowed = (): void => {
    const refusal = parts.refusal();
    if (refusal !== null) throw new Error(refusal);
  };
  const begin = (period: DataPeriod): Generator<string> => {
    mustBeAllowed();
    parts.exported(period);
    return parts.text(periodOf(period));
  };
  async function* pieces(period: DataPeriod): AsyncGenerator<string> {
    for (const piece of begin(period)) {
      yield piece;
      await nextTurn();
    }
  }
  const started = (period: DataPeriod): number => {
    const text = begin(period);
    const [oldest] = running.keys();
    if (running.size >= AT_ONCE && oldest !== undefined) running.delete(oldest);
    running.set((lastId += 1), text);
    return lastId;
  };
  return {
    pieces,
    piece: (given, period) => {
      const id = given ?? started(period);
      const text = running.get(id);
      if (text === undefined) throw new Error('This export has ended. Begin another one.');
      mustBeAllowed();
      // Asked for now: the others have waited longer.
      running.delete(id);
      const next = text.next();
      if (next.done === true) return { id, text: '', done: true };
      running.set(id, text);
      return { id, text: next.value, done: false };
    },
    file: async (period) => {
      const path = join(await downloadFolder(process.env, homedir()), exportName(parts.nowMs()));
      await writeExport(path, pieces(period));
      return { path, bytes: (await stat(path)).size };
    },
  };
}

/** By its moment, so that none takes the place of another. */
export const exportName = (nowMs: number): string =>
  `seclyzer-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')}.json.gz`;

/** A new file for its owner alone, compressed where its name ends in `.gz`. @throws Error with a reason, or that of the file system; then nothing was written. */
export async function writeExport(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let mine = false;
  file.once('open', () => (mine = true));
  try {
    if (path.endsWith('.gz')) await pipeline(pieces, createGzip(), file);
    else await pipeline(pieces, file);
  } catch (error) {
    if (mine) await rm(path, { force: true });
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Error(`There is a file ${path} already, and nothing is written over it. Name another one.`, {
      cause: error,
    });
  }
}
