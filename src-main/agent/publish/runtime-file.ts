// How other commands find the running agent: `<data>/agent.json`, readable by its owner alone, there while the agent runs; and a viewer,
// `<data>/viewer.json`.
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

/** Whose it is. */
export type RuntimeOf = 'agent' | 'viewer';

const pathOf = (dataDir: string, of: RuntimeOf): string => join(dataDir, `${of}.json`);

/** Writes it whole or not at all: a reader never sees half of it. */
export async function writeRuntime(dataDir: string, facts: Runtime, of: RuntimeOf = 'agent'): Promise<void> {
  const fresh = `${pathOf(dataDir, of)}.${facts.pid}`;
  await writeFile(fresh, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
  await rename(fresh, pathOf(dataDir, of));
}

/**
 * What is written there; null when there is no such file or it is not one of ours.
 * @throws Error for a data folder that is no folder or may not be read.
 */
export async function readRuntime(dataDir: string, of: RuntimeOf = 'agent'): Promise<Runtime | null> {
  let text: string;
  try {
    text = await readFile(pathOf(dataDir, of), 'utf8');
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

/** Removes it, unless another one has put its own in the place meanwhile. */
export async function removeRuntime(dataDir: string, pid: number, of: RuntimeOf = 'agent'): Promise<void> {
  if ((await readRuntime(dataDir, of))?.pid === pid) await rm(pathOf(dataDir, of), { force: true });
}

export const dashboardUrl = ({ port, token }: Runtime): string => `http://127.0.0.1:${port}/?token=${token}`;
