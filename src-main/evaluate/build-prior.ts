// Builds models/prior-keystroke.json and models/prior-mouse.json from recordings: aggregate statistics of many people, nobody's
// samples. Run: node src-main/evaluate/build-prior.ts RECORDINGS_DIR MODELS_DIR
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KEYSTROKE_PATH, MOUSE_PATH, type VectorPath } from '../agent/vector-path.ts';
import { PRIOR_SOURCES } from './prior-sources.ts';
import { readPeople, readProtocol } from './protocol.ts';
import { buildVectorPrior } from './vector-prior.ts';

async function build<E extends { readonly ts: number }>(
  recordings: string,
  models: string,
  source: keyof typeof PRIOR_SOURCES,
  modality: VectorPath<E>,
): Promise<void> {
  const protocol = await readProtocol(path.join(recordings, source, 'protocol.json'));
  const people = await readPeople(protocol, Object.keys(protocol.enrol));
  const onScored = (model: string, done: number, of: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${model}: ${done}/${of} `);
  };
  const file = await buildVectorPrior({ people, path: modality, sources: [PRIOR_SOURCES[source]], onScored });
  await writeFile(path.join(models, `${modality.prior}.json`), `${JSON.stringify(file)}\n`);
  for (const { name } of modality.models) process.stdout.write(`${name}: ${file.calibration[name]?.measured}\n`);
  process.stdout.write(`${modality.prior}: ${file.people} people, ${file.windows} windows\n`);
}

const [recordings, models] = process.argv.slice(2);
if (recordings === undefined || models === undefined) {
  process.stderr.write('usage: node src-main/evaluate/build-prior.ts RECORDINGS_DIR MODELS_DIR\n');
  process.exitCode = 2;
} else {
  await build(recordings, models, 'bbmas', KEYSTROKE_PATH);
  await build(recordings, models, 'sapimouse', MOUSE_PATH);
}
