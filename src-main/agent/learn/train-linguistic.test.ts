import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COUNTED, LINGUISTIC_FEATURES, linguisticValues, STRETCH_WORDS } from '../features/linguistic-features.ts';
import { typedText } from '../features/typed-text.ts';
import { keysOf, typing } from '../features/typing.fixture.ts';
import { loadLinguisticPrior, scaled } from './linguistic-prior.ts';
import { bayesRatio, fitNaiveBayes } from './naive-bayes.ts';
import { createRandom } from './random.ts';
import { trainLinguistic } from './train-linguistic.ts';
import { USUAL, writeText, type Habits } from './writer.fixture.ts';

const models = fileURLToPath(new URL('../../../models', import.meta.url));
const prior = await loadLinguisticPrior(models);

function stretchesOf(habits: Habits, count: number, seed: number): Float64Array[] {
  const text = typedText();
  const stretches: Float64Array[] = [];
  const written = writeText(habits, STRETCH_WORDS * (count + 2), createRandom(seed));
  for (const event of typing(['Return', ...keysOf(written)])) {
    text.accept(event);
    const counts = text.words() < STRETCH_WORDS ? null : text.take(STRETCH_WORDS);
    if (counts !== null && stretches.length < count) stretches.push(linguisticValues(counts));
  }
  assert.equal(stretches.length, count);
  return stretches;
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

test('a writer is told from one who writes otherwise, and knows stretches that were not learned from', () => {
  const curt: Habits = { ...USUAL, sentenceWords: 5, capital: 0, comma: 0, line: 1 };
  const trained = trainLinguistic(stretchesOf(curt, 20, 1), prior, 1);
  const { people } = fitNaiveBayes([], prior.features, COUNTED);
  const model = { owner: trained.owner, people, counted: COUNTED };
  const { slope, intercept } = trained.calibration;
  const ratio = (values: Float64Array): number => slope * bayesRatio(model, scaled(values)) + intercept;
  const own = stretchesOf(curt, 10, 2).map(ratio);
  const other = stretchesOf({ ...USUAL, wordLength: 5.5, sentenceWords: 18 }, 10, 3).map(ratio);
  assert.ok(mean(own) > 1, own.join(' '));
  assert.ok(mean(other) < -3, other.join(' '));
  assert.ok(slope > 0 && slope <= 1);
  assert.equal(trained.heldOut.stretches, 20);
  assert.ok(trained.heldOut.eer < 0.2 && trained.heldOut.frr < 0.3, JSON.stringify(trained.heldOut));
  // Sentences of five words, none with a capital.
  const usual = (name: string): number | null =>
    trained.usual[LINGUISTIC_FEATURES.findIndex((feature) => feature.name === name)] ?? null;
  assert.ok(Math.abs((usual('sentence.mean') ?? 0) - 5) < 0.5);
  assert.equal(usual('sentence.capital'), 0);
});

test('the same stretches and seed give the same model; too few give none', () => {
  const stretches = stretchesOf(USUAL, 12, 4);
  assert.deepEqual(trainLinguistic(stretches, prior, 7), trainLinguistic(stretches, prior, 7));
  assert.throws(
    () => trainLinguistic(stretches.slice(0, 9), prior, 7),
    /your writing needs 10 stretches .* there are 9/,
  );
});

test('who writes like nobody in particular is hardly believed, or not learned at all', () => {
  // Each stretch by another invented person; chance finds a habit now and then.
  const slopes = Array.from({ length: 12 }, (_, seed) => {
    const random = createRandom(seed);
    const crowd = Array.from({ length: 40 }, () => prior.stretch(random));
    try {
      return trainLinguistic(crowd, prior, 3).calibration.slope;
    } catch (error) {
      assert.match(String(error), /can not be told from that of people in general yet/);
      return 0;
    }
  });
  assert.ok(
    slopes.every((slope) => slope < 0.5),
    slopes.join(' '),
  );
  assert.ok(slopes.includes(0));
});

test('invented people have the means and spreads of the prior, within the bounds of each feature', () => {
  const random = createRandom(6);
  const stretches = Array.from({ length: 4000 }, () => prior.stretch(random));
  for (const [i, { name, unit }] of LINGUISTIC_FEATURES.entries()) {
    const values = stretches.map((values) => values[i] ?? Number.NaN);
    assert.ok(
      values.every((x) => x >= 0 && (unit !== 'share' || x <= 1)),
      name,
    );
    if (name === 'sentence.capital' || name === 'digit.rate' || name === 'line.rate') continue;
    const { mean: expected = 0, between = 0, within = 0 } = prior.features[i] ?? {};
    const found = mean(stretches.map((one) => scaled(one)[i] ?? Number.NaN));
    // Four standard errors; the three left out are cut off at their bounds.
    assert.ok(
      Math.abs(found - expected) < (4 * Math.hypot(between, within)) / Math.sqrt(4000) + 0.002,
      `${name} ${found}`,
    );
  }
});

test('what is said to come from the lengths of words in books does', () => {
  // Words by length, 1 to 19 letters, percent of all words in English books: P. Norvig, English Letter Frequency Counts, 2013.
  const lengths = [
    2.998, 17.651, 20.511, 14.787, 10.7, 8.388, 7.939, 5.943, 4.437, 3.076, 1.761, 0.958, 0.518, 0.222, 0.076, 0.02,
    0.01, 0.004, 0.001,
  ];
  const sum = (of: (length: number) => number): number =>
    lengths.reduce((all, percent, i) => all + (percent / 100) * of(i + 1), 0);
  const average = sum((length) => length);
  const sd = Math.sqrt(sum((length) => (length - average) ** 2));
  const short = sum((length) => (length <= 3 ? 1 : 0));
  const known = (name: string) => prior.features[LINGUISTIC_FEATURES.findIndex((feature) => feature.name === name)];
  assert.ok(Math.abs((known('word.mean')?.mean ?? 0) - average) < 0.2);
  assert.ok(Math.abs((known('word.sd')?.mean ?? 0) - sd) < 0.1);
  assert.ok(Math.abs((known('word.short')?.mean ?? 0) - short) < 0.01);
  assert.ok(Math.abs((known('word.mean')?.within ?? 0) - (1.3 * sd) / Math.sqrt(STRETCH_WORDS)) < 0.005);
  const chance = Math.sqrt((short * (1 - short)) / STRETCH_WORDS);
  assert.ok(Math.abs((known('word.short')?.within ?? 0) - 1.3 * chance) < 0.001);
});

test('the shipped file is small, and another one is refused by name', async () => {
  assert.ok((await stat(path.join(models, 'prior-linguistic.json'))).size < 4000);
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-prior-'));
  const file = path.join(folder, 'prior-linguistic.json');
  await assert.rejects(loadLinguisticPrior(folder), /prior-linguistic\.json/);
  await writeFile(file, JSON.stringify({ format: 1, table: 'linguistic-12/1', words: 60, sources: [], features: [] }));
  await assert.rejects(loadLinguisticPrior(folder), /prior-linguistic\.json is malformed: the features of the table/);
  await rm(folder, { recursive: true });
});
