import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { forgetStatistics, keepStatistics, storedStatistics } from './graph-model.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import type { GraphStatistics } from './learn/graph-statistics.ts';
import { openMemoryStore } from './store/open-store.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const NAME = 'keystroke-statistics 1';
const statistics: GraphStatistics = {
  ...{ strokes: 12, sittings: 2, corrections: { pairs: 11, corrections: 1 } },
  types: [[{ name: 'a', group: '3', kind: 3, count: 70, values: [-2.125, -2, 0.25] }], [], [], []],
};
const newPlace = () => ({ store: openMemoryStore(), prior, profile: 1 });

test('what was learned is kept packed and comes back', () => {
  const place = newPlace();
  keepStatistics(place, statistics);
  assert.deepEqual(storedStatistics(place), statistics);
  assert.doesNotMatch(place.store.get(NAME) ?? '', /strokes/);
  forgetStatistics(place);
  assert.equal(storedStatistics(place), null);
});

test('plain JSON, as it was kept before, is read; another prior and what is damaged begin anew', () => {
  const place = newPlace();
  place.store.set(NAME, JSON.stringify({ table: prior.file.table, ...statistics }));
  assert.deepEqual(storedStatistics(place), statistics);
  place.store.set(NAME, JSON.stringify({ table: 'graphs/0', ...statistics }));
  assert.equal(storedStatistics(place), null);
  place.store.set(NAME, 'zstd AAAA');
  assert.equal(storedStatistics(place), null);
});
