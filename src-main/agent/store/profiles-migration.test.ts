// A database of the format before there were profiles: all that was known becomes the first profile, and nothing is lost.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import { openStore } from './open-store.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import { testFolder, testKey } from './test-folder.ts';

const key = testKey();
const cipher = createCipher(key);
const [KEYSTROKE, MOUSE, APP] = [1, 2, 3];

/** As that format wrote them: the numbers in plain are the context of the seal. */
function version2(folder: string): void {
  const db = new (loadDriver())(join(folder, 'seclyzer.db'));
  migrate(db, cipher, MIGRATIONS.slice(0, 2));
  const addWindow = (modality: number, ts: number): void => {
    const vector = cipher.seal(Buffer.from(Float32Array.of(ts).buffer), ['window.vector', modality, ts, 9, 8]);
    db.prepare('INSERT INTO "window" (modality, ts, events, new_events, vector) VALUES (?, ?, 9, 8, ?)').run(
      ...[modality, ts, vector],
    );
  };
  for (const ts of [1000, 2000, 3000]) for (const modality of [MOUSE, APP]) addWindow(modality, ts);
  const addModel = (modality: number, name: string, version: number, createdMs: number, card: string): void => {
    const plain = [name, version, modality, createdMs, '', 'ab'] as const;
    const sealed = cipher.seal(Buffer.from(card), ['model.card', ...plain]);
    db.prepare('INSERT INTO model VALUES (?, ?, ?, ?, ?, ?, ?)').run(...plain, sealed);
  };
  addModel(KEYSTROKE, 'keystroke-graphs', 1, 1, '{"strokes":1500}');
  addModel(KEYSTROKE, 'keystroke-graphs', 2, 2, '{"strokes":2250}');
  // Made when two of its three windows were there.
  addModel(MOUSE, 'mouse-strokes', 1, 2, '{"training":{"events":320}}');
  const addFact = (name: string, text: string): void =>
    void db.prepare('INSERT INTO meta VALUES (?, ?)').run(name, cipher.seal(Buffer.from(text), ['meta.value', name]));
  addFact('keystroke-statistics', '{"strokes":2300}');
  addFact('seed', '7');
  db.close();
}

test('what was known becomes the first profile; what all share has none', async (t) => {
  const folder = testFolder(t);
  version2(folder);
  const { store, opening } = await openStore(folder, { key });
  t.after(() => store.close());
  assert.equal(opening.kind, 'opened');
  const windows = (['mouse', 'app'] as const).map((modality) =>
    store
      .windows(modality, 9)
      .map(({ ts, profile, events, newEvents, vector }) => [ts, profile, events, newEvents, ...vector]),
  );
  assert.deepEqual(windows, [
    [1000, 2000, 3000].map((ts) => [ts, 1, 9, 8, ts]),
    [1000, 2000, 3000].map((ts) => [ts, 0, 9, 8, ts]),
  ]);
  assert.deepEqual(
    [store.get('keystroke-statistics 1'), store.get('keystroke-statistics'), store.get('seed')],
    ['{"strokes":2300}', null, '7'],
  );
  const kept = store
    .models()
    .map(({ name, profile, version, createdMs, why, events, accuracy, card }) => [
      ...[name, profile, version, createdMs, why, events, accuracy, card],
    ]);
  assert.deepEqual(kept, [
    ['keystroke-graphs', 1, 2, 2, 'more', 2250, null, '{"strokes":2250}'],
    ['mouse-strokes', 1, 1, 2, 'enrolment', 320, null, '{"training":{"events":320}}'],
  ]);
});

test('going back to the version that was in use forgets the windows that came after it', async (t) => {
  const folder = testFolder(t);
  version2(folder);
  const { store } = await openStore(folder, { key });
  t.after(() => store.close());
  store.goBack(1, 'mouse-strokes', 1);
  assert.deepEqual(
    store.windows('mouse', 9).map(({ ts }) => ts),
    [1000, 2000],
  );
  assert.equal(store.windows('app', 9).length, 3);
  assert.equal(store.basis(1, 'keystroke-graphs', 2), null, 'nothing was kept with it to go on from');
});

test('a record that was changed before is damage, not a crash', async (t) => {
  const folder = testFolder(t);
  version2(folder);
  const db = new (loadDriver())(join(folder, 'seclyzer.db'));
  db.exec('UPDATE "window" SET ts = ts + 1 WHERE id = 2');
  db.close();
  const { store, opening } = await openStore(folder, { key });
  t.after(() => store.close());
  assert.equal(opening.kind, 'recovered');
  assert.match(opening.kind === 'recovered' ? opening.why : '', /a record of window\.vector does not match its seal/);
});
