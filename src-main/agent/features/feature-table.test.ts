import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeVector, onScale } from './feature-table.ts';
import { KEYSTROKE_FEATURES } from './keystroke-features.ts';
import { MOUSE_FEATURES } from './mouse-features.ts';

test('missing values come from the fallback and are marked', () => {
  const { vector, missing } = completeVector(Float64Array.of(1.5, Number.NaN, -2), Float32Array.of(9, 8, 7));
  assert.deepEqual([...vector], [1.5, 8, -2]);
  assert.deepEqual([...missing], [0, 1, 0]);
});

test('without a fallback, or with a useless one, missing values are 0', () => {
  const values = Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1e300);
  const useless = Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 4);
  assert.deepEqual([...completeVector(values).vector], [0, 0, 0]);
  assert.deepEqual([...completeVector(values, useless).vector], [0, 0, 4]);
  assert.deepEqual([...completeVector(values).missing], [1, 1, 1]);
});

test('a fallback of another length is refused', () => {
  assert.throws(
    () => completeVector(new Float64Array(3), new Float32Array(2)),
    /fallback holds 2 values, the feature table 3/,
  );
});

test('the log scale is ln(1 + value) and finite at and below 0', () => {
  assert.ok(Math.abs(onScale('log', Math.E - 1) - 1) < 1e-12);
  assert.equal(onScale('log', 0), 0);
  assert.equal(onScale('log', -5), 0);
  assert.equal(onScale('linear', -5), -5);
});

for (const [name, table, length] of [
  ['keystroke', KEYSTROKE_FEATURES, 140],
  ['mouse', MOUSE_FEATURES, 38],
] as const) {
  test(`the ${name} table has ${length} features with names of their own, each explained`, () => {
    assert.equal(table.length, length);
    assert.equal(new Set(table.map((feature) => feature.name)).size, length);
    for (const { name, words, definition } of table) {
      assert.ok(words.length > 5 && words.length < 60 && words === words.trim(), `${name}: words "${words}"`);
      assert.ok(definition.length > 15, `${name}: definition "${definition}"`);
    }
  });
}

test('signed features are not on the log scale', () => {
  const signed = KEYSTROKE_FEATURES.filter(({ name }) => name.startsWith('flight.') && !/sd|range/.test(name));
  assert.equal(signed.length, 7);
  for (const { scale } of signed) assert.equal(scale, 'linear');
});

test('the words for digraphs name no letters', () => {
  const words = KEYSTROKE_FEATURES.filter(({ name }) => name.startsWith('digraph.')).map((feature) => feature.words);
  assert.equal(words.length, 100);
  assert.deepEqual([...new Set(words)], ['rhythm between letter pairs']);
});
