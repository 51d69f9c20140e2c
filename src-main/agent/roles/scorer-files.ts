// How the scorers of this machine are doing, each in a file of its own for its owner alone: written every few seconds while it runs, for
// `seclyzer status --role scorer` and whoever watches over it. In: a view. Out: a file; and back.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../process-alive.ts';
import { replaceFile } from '../replace-file.ts';
import { codeOf } from '../thrown.ts';
import type { Backlog } from './backlog.ts';
import type { ScorerView } from './scorer.ts';

export interface ScorerStatus extends ScorerView {
  readonly pid: number;
  readonly version: string;
  readonly startedMs: number;
  /** When this was written. */
  readonly atMs: number;
  /** Of its partitions; null where Redis does not say. */
  readonly backlog: Backlog | null;
  /** Of its own memory. */
  readonly rssMiB: number;
  /** What should be changed about the server; null where all is well. */
  readonly warning: string | null;
}

const folderOf = (dataDir: string): string => join(dataDir, 'scorers');
const fileOf = (dataDir: string, pid: number): string => join(folderOf(dataDir), `${pid}.json`);

export const writeScorerStatus = (dataDir: string, status: ScorerStatus): Promise<void> =>
  replaceFile(fileOf(dataDir, status.pid), Buffer.from(`${JSON.stringify(status)}\n`));

export const removeScorerStatus = (dataDir: string, pid: number): Promise<void> =>
  rm(fileOf(dataDir, pid), { force: true });

/** Of those that run; what one that was killed has left is removed. */
export async function readScorerStatuses(dataDir: string): Promise<readonly ScorerStatus[]> {
  const names = await readdir(folderOf(dataDir)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const found: ScorerStatus[] = [];
  for (const name of names) {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid)) continue;
    if (isAlive(pid)) found.push(JSON.parse(await readFile(join(folderOf(dataDir), name), 'utf8')) as ScorerStatus);
    else await removeScorerStatus(dataDir, pid);
  }
  return found.toSorted((a, b) => a.pid - b.pid);
}
