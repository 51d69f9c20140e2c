import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../agent/events.ts';
import { LINGUISTIC_FEATURES } from '../agent/features/linguistic-features.ts';
import { keysOf, typing } from '../agent/features/typing.fixture.ts';
import { loadLinguisticPrior } from '../agent/learn/linguistic-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { USUAL, writeText, type Habits } from '../agent/learn/writer.fixture.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import { linguisticDetector } from './detect-linguistic.ts';
import { linguisticPriorFrom, LINGUISTIC_SOURCE, spreadOf } from './linguistic-prior-build.ts';
import { stretchesIn, writingOf } from './linguistic-stretches.ts';
import { readPeople, readProtocol } from './protocol.ts';

const root = path.resolve(import.meta.dirname, '../..');
const models = path.join(root, 'models');
const recordings = path.resolve(root, '../shared/recordings');
const skip = existsSync(recordings) ? false : 'no recordings beside the repository (../shared/recordings)';
const rule = { unit: 'words' as const, sizes: [40], max_gap_s: 30, across_files: true };

const typed = (habits: Habits, words: number, seed: number): KeystrokeEvent[] =>
  typing(keysOf(`\n${writeText(habits, words, createRandom(seed))}`));

test('writers of different habits are told apart, writers of the same ones are not', async () => {
  const detector = linguisticDetector(await loadLinguisticPrior(models));
  const curt: Habits = { ...USUAL, sentenceWords: 5, capital: 0, line: 1 };
  const { score } = await detector.enrol([typed(curt, 400, 1)], []);
  const scores = (habits: Habits, seed: number): number[] =>
    cutDecisionWindows([typed(habits, 300, seed)], rule, 40).map(
      (window) => score(detector.prepare(window)) ?? Number.NaN,
    );
  const [own, other] = [scores(curt, 2), scores(USUAL, 3)];
  assert.ok(own.length >= 6 && other.length >= 6);
  assert.ok(Math.min(...own) > Math.max(...other), `${own.join(' ')} against ${other.join(' ')}`);
  assert.equal(score(detector.prepare({ pieces: [typing(keysOf('word'))], size: 40 })), null);
});

test('stretches share nothing and stop where a recording does', () => {
  const text = keysOf(`\n${'one two three four five six '.repeat(3)}`);
  assert.equal(stretchesIn([typing(text)], 6).length, 3);
  // 18 words, of which the first after the joint may be the rest of another.
  assert.equal(stretchesIn([typing(text), typing(text.slice(1))], 9).length, 3);
  assert.equal(writingOf([typing(keysOf('\na b '))])?.length, LINGUISTIC_FEATURES.length);
});

test('spreads of a small table, worked out by hand', () => {
  const { people, mean, between, within } = spreadOf([
    [1, 3],
    [5, 7],
    [9, 11, 13],
  ]);
  // Squares within: 2 + 2 + 8 on 4 degrees. Among means 2, 6, 11 about 7: 2 · 25 + 2 · 1 + 3 · 16 on 2; size (7 - 17 / 7) / 2.
  assert.deepEqual([people, mean], [3, 19 / 3]);
  assert.ok(Math.abs(within ** 2 - 12 / 4) < 1e-12);
  assert.ok(Math.abs(between ** 2 - (100 / 2 - 3) / ((7 - 17 / 7) / 2)) < 1e-12);
  assert.throws(
    () =>
      spreadOf([
        [1, 2],
        [3, 4],
      ]),
    /three people who wrote two stretches, there are 2/,
  );
});

test('where people do not differ, something is left between them', () => {
  const alike = spreadOf([
    [1, 2],
    [2, 1],
    [1, 2],
  ]);
  assert.ok(Math.abs(alike.between - alike.within / 10) < 1e-12);
});

test('the shipped prior is made from the recordings again, to the byte', { skip }, async () => {
  const protocol = await readProtocol(path.join(recordings, LINGUISTIC_SOURCE, 'protocol.json'));
  const people = await readPeople(protocol, Object.keys(protocol.enrol));
  const shipped = await readFile(path.join(models, 'prior-linguistic.json'), 'utf8');
  assert.equal(`${JSON.stringify(linguisticPriorFrom(people))}\n`, shipped);
});
