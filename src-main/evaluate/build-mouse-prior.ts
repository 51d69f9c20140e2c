// Builds models/prior-mouse-79.json: aggregate statistics of many people, nobody's samples.
// Run: node src-main/evaluate/build-mouse-prior.ts RECORDINGS_DIR MODELS_DIR
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MOUSE_79_PRIOR } from '../agent/learn/mouse-prior.ts';
import { DEVELOPMENT_PEOPLE } from './development-people.ts';
import { mousePriorFrom } from './mouse-prior-build.ts';
import { PRIOR_SOURCES } from './prior-sources.ts';
import { readPeople, readProtocol } from './protocol.ts';

async function build(recordings: string, models: string): Promise<void> {
  const protocol = await readProtocol(path.join(recordings, 'sapimouse', 'protocol.json'));
  const known = (DEVELOPMENT_PEOPLE['sapimouse'] ?? []).filter((id) => protocol.enrol[id] !== undefined);
  const prior = mousePriorFrom(await readPeople(protocol, known), [PRIOR_SOURCES.sapimouse]);
  const text = `${JSON.stringify(prior)}\n`;
  await writeFile(path.join(models, `${MOUSE_79_PRIOR}.json`), text);
  for (const { calibration } of prior.windows) process.stdout.write(`${calibration.measured}\n`);
  process.stdout.write(`${MOUSE_79_PRIOR}: ${prior.people} people, ${text.length} bytes\n`);
}

const [recordings, models] = process.argv.slice(2);
if (recordings === undefined || models === undefined) {
  process.stderr.write('usage: node src-main/evaluate/build-mouse-prior.ts RECORDINGS_DIR MODELS_DIR\n');
  process.exitCode = 2;
} else {
  await build(recordings, models);
}
