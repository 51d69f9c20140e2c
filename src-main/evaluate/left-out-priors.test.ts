import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cutDecisionWindows } from './decision-windows.ts';
import { DEVELOPMENT_PEOPLE } from './development-people.ts';
import { canLeaveOut, missingSources, priorsKnowing } from './left-out-priors.ts';
import { readPeople, readProtocol, type Protocol } from './protocol.ts';

const recordings = path.resolve(import.meta.dirname, '../../../shared/recordings');
const skip = existsSync(recordings) ? false : 'no recordings beside the repository (../shared/recordings)';

const protocol = (name: string, subjects: readonly string[]): Protocol => ({
  ...{ name, modality: 'keystroke', folder: '/nowhere', genuine: {}, impostor: 'others' },
  enrol: Object.fromEntries(subjects.map((subject) => [subject, ['1']])),
  window: { unit: 'keystrokes', sizes: [50], max_gap_s: 5, across_files: false },
});
const files = (...of: Parameters<typeof protocol>): string[] => priorsKnowing(protocol(...of)).map(({ file }) => file);

test('a prior knows a set only by its people: other people of the same set are strangers to it', () => {
  assert.ok(files('bbmas', ['bb001', 'bb002']).includes('prior-keystroke.json'));
  assert.deepEqual(files('bbmas', ['bb002', 'bb005']), []);
  assert.deepEqual(files('aalto', ['bb001']), []);
  // The forest's prior was made from bbmas alone.
  assert.ok(!files('cmu', ['s002']).includes('prior-keystroke.json'));
});

test('fifteen people are too few to make a prior from half of them, and a source that is not there is named', () => {
  const people = (count: number) =>
    protocol(
      'cmu',
      Array.from({ length: count }, (_, i) => `${i}`),
    );
  assert.equal(canLeaveOut(people(15)), false);
  assert.equal(canLeaveOut(people(16)), true);
  const kind = {
    file: '',
    modalities: ['keystroke'],
    sources: ['bbmas', 'cmu'],
    build: () => Promise.resolve(''),
  } as const;
  assert.deepEqual(missingSources(people(16), kind), ['bbmas']);
});

test('the development people are those of the recordings', { skip }, async () => {
  for (const [name, people] of Object.entries(DEVELOPMENT_PEOPLE)) {
    const { enrol } = await readProtocol(path.join(recordings, name, 'protocol.json'));
    assert.deepEqual(people, Object.keys(enrol).toSorted());
  }
});

test('as many windows as the baselines of the recordings have', { skip }, async () => {
  // BASELINES.md, column "genuine / impostor trials".
  const known = { bbmas: [759, 362], cmu: [1293] };
  for (const [name, counts] of Object.entries(known)) {
    const read = await readProtocol(path.join(recordings, name, 'protocol.json'));
    const people = await readPeople(read, Object.keys(read.genuine));
    const count = (size: number): number =>
      people.reduce((sum, { genuine }) => sum + cutDecisionWindows(genuine, read.window, size).length, 0);
    assert.deepEqual(read.window.sizes.map(count), counts);
  }
});
