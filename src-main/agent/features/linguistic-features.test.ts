import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTED, LINGUISTIC_FEATURES, linguisticValues } from './linguistic-features.ts';
import { typedText } from './typed-text.ts';
import { keysOf, typing } from './typing.fixture.ts';

function valuesOf(text: string): ReadonlyMap<string, number> {
  const typed = typedText();
  for (const event of typing(['Return', ...keysOf(text)])) typed.accept(event);
  const counts = typed.take(0);
  assert.ok(counts !== null);
  return new Map(LINGUISTIC_FEATURES.map(({ name }, i) => [name, linguisticValues(counts)[i] ?? Infinity]));
}

const close = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-12, `${actual}, not ${expected}`);

test('the table has 12 features with names of their own, each explained', () => {
  assert.equal(LINGUISTIC_FEATURES.length, 12);
  assert.equal(new Set(LINGUISTIC_FEATURES.map(({ name }) => name)).size, 12);
  for (const { words, definition } of LINGUISTIC_FEATURES) assert.ok(words.length > 5 && definition.length > 5);
});

test('how often somebody corrects is left to the score of typing', () => {
  const left = LINGUISTIC_FEATURES.filter((_, i) => COUNTED[i] === 0);
  assert.deepEqual(
    left.map(({ name }) => name),
    ['correction.rate'],
  );
});

test('the values of a short text, by hand', () => {
  // Words of 2, 3, 4 and 7 characters; two sentences, one of them with a capital; one corrected slip of two characters.
  const values = valuesOf('We saw 12 birds,xx⌫⌫⌫⌫⌫d. perhaps! ');
  const expected = {
    'word.mean': 16 / 4,
    'word.sd': Math.sqrt((4 + 1 + 0 + 9) / 4),
    'word.short': 2 / 4,
    'sentence.mean': 4 / 2,
    'sentence.capital': 1 / 2,
    'mark.rate': 50,
    'capital.rate': 25,
    'digit.rate': 50,
    'line.rate': 25,
    'correction.rate': 25,
    'correction.length': 5,
  };
  for (const [name, value] of Object.entries(expected)) close(values.get(name), value);
});

test('variety is that of twenty words in a row, and does not depend on how many rows there are', () => {
  const nineteen = Array.from({ length: 19 }, (_, i) => `w${String.fromCharCode(97 + i)}`).join(' ');
  assert.ok(Number.isNaN(valuesOf(`${nineteen} `).get('word.variety')));
  close(valuesOf(`${nineteen} wa `).get('word.variety'), 19 / 20);
  // Capitals and marks do not make another word. Rows: 19 of 20; then the first wa leaves and wb comes again.
  close(valuesOf(`${nineteen} Wa, wb `).get('word.variety'), 19 / 20);
  close(valuesOf('the '.repeat(60)).get('word.variety'), 1 / 20);
});

test('what a text does not have is missing, and nothing at all makes every value missing', () => {
  const values = valuesOf('some words without an end of sentence ');
  for (const name of ['sentence.mean', 'sentence.capital', 'correction.length', 'word.variety'])
    assert.ok(Number.isNaN(values.get(name)), name);
  assert.ok([...valuesOf('').values()].every(Number.isNaN));
});
