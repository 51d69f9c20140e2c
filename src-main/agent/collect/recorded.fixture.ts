// For tests: a recording of a synthetic typist in a file.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom } from '../learn/random.ts';
import { inventEvents, typistByName } from './synthetic.ts';

/** @returns the file, as JSON lines. */
export async function recorded(
  folder: string,
  typist: string,
  seed: number,
  minutes: number,
  startUs: number,
): Promise<string> {
  const file = path.join(folder, `${typist}-${seed}.jsonl`);
  const lines: string[] = [];
  for (const event of inventEvents(typistByName(typist), createRandom(seed), startUs)) {
    if (event.ts > startUs + minutes * 60e6) break;
    lines.push(JSON.stringify(event));
  }
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
