import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepHeldOut, NOTHING_HELD_OUT, storedHeldOut, type HeldOutRecord } from './held-out-store.ts';
import { openMemoryStore } from './store/open-store.ts';

const record: HeldOutRecord = {
  windows: [
    { learned: 500, genuine: 3.25, impostors: [-4, -2.5] },
    { learned: 700, genuine: 1, impostors: [] },
  ],
  level: { mean: 3, sd: 1.2 },
  fallen: 1.5,
  mature: true,
  relearned: null,
};

test('what was kept comes back, each profile by itself', () => {
  const store = openMemoryStore();
  keepHeldOut({ store, modality: 'keystroke', profile: 1 }, record);
  assert.deepEqual(storedHeldOut({ store, modality: 'keystroke', profile: 1 }), record);
  assert.deepEqual(storedHeldOut({ store, modality: 'keystroke', profile: 2 }), NOTHING_HELD_OUT);
  assert.deepEqual(storedHeldOut({ store, modality: 'mouse', profile: 1 }), NOTHING_HELD_OUT);
  store.close();
});

test('what can not be read is nothing: it comes again with use', () => {
  const store = openMemoryStore();
  for (const text of ['', 'null', '{"windows":[[500]]}', JSON.stringify({ ...record, windows: [], fallen: -1 })]) {
    store.set('keystroke-held-out 1', text);
    assert.deepEqual(storedHeldOut({ store, modality: 'keystroke', profile: 1 }), NOTHING_HELD_OUT, text);
  }
  store.close();
});
