import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COUNTED, LINGUISTIC_FEATURES, linguisticValues, STRETCH_WORDS } from '../features/linguistic-features.ts';
import { typedText } from '../features/typed-text.ts';
import { keysOf, typing } from '../features/typing.fixture.ts';
import { linguisticScorer } from '../infer/linguistic-score.ts';
import { loadLinguisticPrior, scaled } from '../learn/linguistic-prior.ts';
import { bayesRatio, fitNaiveBayes } from '../learn/naive-bayes.ts';
import { createRandom } from '../learn/random.ts';
import { USUAL, writeText, type Habits } from '../learn/writer.fixture.ts';
import { writingReasons } from './writing-reasons.ts';

const FEATURES = LINGUISTIC_FEATURES.map(({ name }) => name);
const indexOf = (name: string): number => FEATURES.indexOf(name);

type Said = Readonly<Record<string, readonly [value: number, usual: number | null, did: number]>>;

function reasons(fits: boolean, said: Said): readonly string[] {
  const values = FEATURES.map((name) => said[name]?.[0] ?? Number.NaN);
  const usual = FEATURES.map((name) => said[name]?.[1] ?? null);
  const contributions = FEATURES.map((name) => said[name]?.[2] ?? 0);
  return writingReasons({ features: LINGUISTIC_FEATURES, values, contributions, fits }, usual);
}

test('what spoke most against the owner, the strongest first, in the units of each', () => {
  const said = reasons(false, {
    'sentence.mean': [6.2, 14.4, -2],
    'word.variety': [0.8, 0.93, -0.5],
    'sentence.capital': [0, 0.97, -3],
    'digit.rate': [12, 1, -0.2],
    'word.mean': [5, 4, 1],
  });
  assert.deepEqual(said, [
    '0 % of sentences with a capital first where you have 97 %',
    'sentences of 6 words where yours have 14',
    '16.0 different words among 20 where you use 18.6',
  ]);
});

test('what moves nothing, is missing, was never seen or reads the same is no reason', () => {
  const said = reasons(false, {
    'word.mean': [5, 4, -0.05],
    'sentence.mean': [Number.NaN, 14, -1],
    'correction.length': [4, null, -1],
    'capital.rate': [3.2, 2.9, -1],
  });
  assert.deepEqual(said, ['many small differences from yours']);
});

test('a stretch that fits says what spoke for the owner', () => {
  const said = reasons(true, { 'word.mean': [4, 4, 0.9], 'mark.rate': [12, 11, 1.5], 'line.rate': [3, 4, -1] });
  assert.deepEqual(said, ['like yours in punctuation and length of words']);
  assert.deepEqual(reasons(true, {}), ['like yours on the whole']);
});

test('one is one', () => {
  assert.deepEqual(reasons(false, { 'capital.rate': [1.1, 9, -1] }), ['1 capital in 100 words where you write 9']);
  assert.deepEqual(reasons(false, { 'sentence.mean': [1, 9, -1] }), ['sentences of 1 word where yours have 9']);
});

test('every feature that counts has words', () => {
  for (const [i, name] of FEATURES.entries()) {
    const said = reasons(false, { [name]: [0.9, 0.1, -1] });
    assert.equal(said[0] === 'many small differences from yours', COUNTED[i] === 0, name);
  }
});

function stretchesOf(habits: Habits, count: number, seed: number): Float64Array[] {
  const text = typedText();
  const stretches: Float64Array[] = [];
  for (const event of typing([
    'Return',
    ...keysOf(writeText(habits, STRETCH_WORDS * (count + 2), createRandom(seed))),
  ])) {
    text.accept(event);
    const counts = text.words() < STRETCH_WORDS ? null : text.take(STRETCH_WORDS);
    if (counts !== null) stretches.push(linguisticValues(counts));
  }
  return stretches.slice(0, count);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

// What a reader would say of a text with that habit.
const DIFFERENCES: readonly (readonly [Partial<Habits>, RegExp])[] = [
  [{ capital: 0 }, /\b0 % of sentences with a capital first where you have \d\d %/],
  [{ sentenceWords: 40, line: 0.9 }, /sentences of [34]\d words where yours have 1[0-4]/],
  [{ wordLength: 8 }, /words of [789]\.\d characters where yours have 4\.\d/],
  [{ number: 0.4 }, /\d\d+ digits in 100 words where you write \d/],
  [{ comma: 0.9 }, /[789]\d|1\d\d punctuation marks in 100 words where you set 1\d/],
  [{ vocabulary: 8 }, /[3-8]\.\d different words among 20 where you use 1\d\.\d/],
  [{ erased: 9 }, /corrections of [789]\.\d characters where yours have 2\.0/],
];

test('reasons are those whose absence would lift the score: held against the score without them', async () => {
  const { features } = await loadLinguisticPrior(fileURLToPath(new URL('../../../models', import.meta.url)));
  const own = stretchesOf(USUAL, 25, 1);
  const model = fitNaiveBayes(own.map(scaled), features, COUNTED);
  const usual = FEATURES.map((_, i) => meanOf(own.map((values) => values[i] ?? Number.NaN).filter(Number.isFinite)));
  const scorer = linguisticScorer(model, 'tried');
  for (const [habit, expected] of DIFFERENCES) {
    const [values] = stretchesOf({ ...USUAL, ...habit }, 1, 2);
    assert.ok(values !== undefined);
    const { ratio, contributions } = await scorer.score(values);
    const [first = '', ...more] = writingReasons(
      { features: LINGUISTIC_FEATURES, values, contributions, fits: false },
      usual,
    );
    assert.match([first, ...more].join(', '), expected, JSON.stringify(habit));
    // The same score by other code, with the feature left out.
    const [strongest] = [...contributions.entries()].toSorted(([, a], [, b]) => a - b);
    const without = scaled(values).map((x, i) => (i === strongest?.[0] ? Number.NaN : x));
    const lifted = bayesRatio(model, without) - bayesRatio(model, scaled(values));
    assert.ok(
      lifted > 0.1 && Math.abs(lifted + (strongest?.[1] ?? 0)) < 1e-3,
      `${lifted} for ${JSON.stringify(habit)}`,
    );
    assert.ok(Math.abs(ratio - bayesRatio(model, scaled(values))) < 1e-3);
    // How often somebody corrects never counts.
    assert.equal(contributions[indexOf('correction.rate')], 0);
  }
  await scorer.release();
});
