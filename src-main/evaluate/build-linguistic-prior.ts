// Builds models/prior-linguistic.json from recordings and published figures: aggregate statistics, nobody's samples.
// Run: node src-main/evaluate/build-linguistic-prior.ts RECORDINGS_DIR MODELS_DIR
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LINGUISTIC_PRIOR } from '../agent/learn/linguistic-prior.ts';
import { LINGUISTIC_SOURCE, linguisticPriorFrom } from './linguistic-prior-build.ts';
import { readPeople, readProtocol } from './protocol.ts';

const [recordings, models] = process.argv.slice(2);
if (recordings === undefined || models === undefined) {
  process.stderr.write('usage: node src-main/evaluate/build-linguistic-prior.ts RECORDINGS_DIR MODELS_DIR\n');
  process.exitCode = 2;
} else {
  const protocol = await readProtocol(path.join(recordings, LINGUISTIC_SOURCE, 'protocol.json'));
  const people = await readPeople(protocol, Object.keys(protocol.enrol));
  const text = JSON.stringify(linguisticPriorFrom(people));
  const file = path.join(models, `${LINGUISTIC_PRIOR}.json`);
  await writeFile(file, `${text}\n`);
  process.stdout.write(`${file}: ${text.length} bytes\n`);
}
