// How other commands find the running agent: `<data>/agent.json`, readable by its owner alone, there while the agent runs.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const runtime = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  token: v.pipe(v.string(), v.regex(/^[\w-]{16,128}$/)),
  version: v.string(),
  startedMs: v.pipe(v.number(), v.minValue(0)),
});
export type Runtime = v.InferOutput<typeof runtime>;

const pathOf = (dataDir: string): string => join(dataDir, 'agent.json');

/** Writes it whole or not at all: a reader never sees half of it. */
export async function writeRuntime(dataDir: string, facts: Runtime): Promise<void> {
  const fresh = `${pathOf(dataDir)}.${facts.pid}`;
  await writeFile(fresh, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  await rename(fresh, pathOf(dataDir));
}

/**
 * What is written there; null when there is no such file or it is not one of ours.
 * @throws Error for a data folder that is no folder or may not be read.
 */
export async function readRuntime(dataDir: string): Promise<Runtime | null> {
  let text: string;
  try {
    text = await readFile(pathOf(dataDir), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR')
      throw new Error(`${dataDir} is not a folder. Name the data folder with --data.`, { cause: error });
    throw error;
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), runtime), text);
  return parsed.success ? parsed.output : null;
}

/** Removes it, unless another agent has put its own in the place meanwhile. */
export async function removeRuntime(dataDir: string, pid: number): Promise<void> {
  if ((await readRuntime(dataDir))?.pid === pid) await rm(pathOf(dataDir), { force: true });
}

export const dashboardUrl = ({ port, token }: Runtime): string => `http://127.0.0.1:${port}/?token=${token}`;
