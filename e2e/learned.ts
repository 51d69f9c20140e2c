// Enters: the name of an invented typist and a data folder. Leaves: in that folder what the agent learns from a while of their
// work, which went by in seconds.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inventEvents, typistByName } from '../src-main/agent/collect/synthetic.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';
import { replayFiles } from '../src-main/agent/replay-run.ts';

const MODELS = path.resolve(import.meta.dirname, '../models');
/** Of work: more than a full enrolment needs. */
const MINUTES = 40;
const US_PER_MINUTE = 60_000_000;

/** @throws Error when the last minute did not leave a trust score: the typist was not learned */
export async function learn(typist: string, dataDir: string, seed = 1): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-recording-'));
  const file = path.join(folder, `${typist}.jsonl`);
  // It ends a minute ago, so that the history has it where its reader looks first.
  await writeFile(file, recordingOf(typist, seed, (Date.now() - 60_000) * 1000 - MINUTES * US_PER_MINUTE));
  const scores: (number | null)[] = [];
  const place = { dataDir, modelsDir: MODELS, enrol: {} };
  const { problems } = await replayFiles([file], place, ({ point }) => scores.push(point.trust));
  await rm(folder, { recursive: true });
  if (typeof scores.at(-1) === 'number') return;
  throw new Error(`${typist} was not learned from ${MINUTES} minutes. ${problems.join(' ')}`);
}

function recordingOf(typist: string, seed: number, startUs: number): string {
  const lines: string[] = [];
  for (const event of inventEvents(typistByName(typist), createRandom(seed), startUs)) {
    if (event.ts > startUs + MINUTES * US_PER_MINUTE) break;
    lines.push(JSON.stringify(event));
  }
  return `${lines.join('\n')}\n`;
}
