// Builds models/prior-graphs.json from recordings: aggregate statistics of many people, nobody's samples.
// Run: node src-main/evaluate/build-graph-prior.ts RECORDINGS_DIR MODELS_DIR
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { graphPriorText, GRAPH_SOURCES } from './graph-sources.ts';
import { readPeople, readProtocol, type Person } from './protocol.ts';

const [recordings, models] = process.argv.slice(2);
if (recordings === undefined || models === undefined) {
  process.stderr.write('usage: node src-main/evaluate/build-graph-prior.ts RECORDINGS_DIR MODELS_DIR\n');
  process.exitCode = 2;
} else {
  const people = new Map<string, readonly Person[]>();
  for (const source of Object.keys(GRAPH_SOURCES)) {
    const protocol = await readProtocol(path.join(recordings, source, 'protocol.json'));
    people.set(source, await readPeople(protocol, Object.keys(protocol.enrol)));
  }
  const text = await graphPriorText(people);
  const file = path.join(models, 'prior-graphs.json');
  await writeFile(file, `${text}\n`);
  process.stdout.write(`${file}: ${text.length} bytes\n`);
}
