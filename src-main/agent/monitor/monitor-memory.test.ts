import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFamilyWatch } from './family-watch.ts';
import { loadAnomalies, loadLearned, saveLearned } from './monitor-memory.ts';
import { WATCHED_FAMILIES } from './watched-metrics.ts';

function memoryStore(before: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(before));
  return {
    kept,
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
  };
}

test('what was learned comes back as it was', () => {
  const [watched] = WATCHED_FAMILIES;
  assert.ok(watched !== undefined);
  const watch = createFamilyWatch({ watched, seed: 1 });
  for (let s = 0; s < 4000; s++)
    watch.push([s % 50, s % 7, NaN], s * 1000, { minuteOfDay: Math.floor(s / 60) % 1440, day: 0, weekend: false });
  const store = memoryStore();
  saveLearned(store, { [watched.family]: watch.memory() });
  assert.deepEqual(loadLearned(store), { [watched.family]: watch.memory() });
  assert.ok((store.kept.get('monitor-learned') ?? '').length < 20_000);
});

test('nothing, nonsense and what another version wrote are learned anew', () => {
  for (const text of ['', 'nonsense', '[]', '{"cpu": 5}', '{"cpu": {"metrics": [], "seasons": []}}'])
    assert.deepEqual(loadLearned(memoryStore({ 'monitor-learned': text })), {}, text);
  assert.deepEqual(loadLearned(memoryStore()), {});
  assert.deepEqual(loadAnomalies(memoryStore({ 'monitor-anomalies': '[{"id": "x"}]' })), []);
});
