// Under which name this machine's user lies in the Redis of the fleet, in a file of the data folder: what has gone there can be deleted from there
// also when no agent runs, or when it has forgotten everything else.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../replace-file.ts';
import { codeOf } from '../thrown.ts';

const pathOf = (dataDir: string): string => join(dataDir, 'fleet-subject');

export const writeSubject = (dataDir: string, subject: string): Promise<void> =>
  replaceFile(pathOf(dataDir), Buffer.from(`${subject}\n`));

/** null where this machine has never been a collector. @throws Error for a file that can't be read or holds something else. */
export async function readSubject(dataDir: string): Promise<string | null> {
  const text = await readFile(pathOf(dataDir), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  const subject = text?.trim() ?? null;
  if (subject === null || /^[\w-]{22}$/.test(subject)) return subject;
  throw new Error(`${pathOf(dataDir)} holds no name of a subject. Start the collector once, which writes it anew.`);
}
