// Versions of models: which are kept, and what going back to one takes along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCipher } from './cipher.ts';
import { loadDriver } from './driver.ts';
import { openMemoryStore } from './open-store.ts';
import { migrate } from './schema.ts';
import { createSqliteStore } from './sqlite-store.ts';
import type { Store, StoredModel } from './store.ts';
import { testKey } from './test-folder.ts';

const NAME = 'mouse-strokes';
const model = (version: number, profile = 1, more: Partial<StoredModel> = {}): StoredModel => ({
  ...{ modality: 'mouse', profile, name: NAME, version, createdMs: 1000 * version, why: 'more', events: 10 * version },
  ...{ accuracy: null, file: '', sha256: 'ab'.repeat(32), card: `{"version":${version}}` },
  ...more,
});

function addWindows(store: Store, profile: number, ...times: readonly number[]): void {
  for (const ts of times) {
    store.addWindow({ ts, modality: 'mouse', profile, events: 1, newEvents: 1, vector: Float32Array.of(ts) });
  }
}
const timesOf = (store: Store, profile?: number): readonly number[] =>
  store.windows('mouse', 100, profile).map(({ ts }) => ts);
const versionsOf = (store: Store, profile = 1): readonly number[] =>
  store.versions(profile, NAME).map(({ version }) => version);

test('the newest five versions of each profile are kept, newest first, with what was said of them', () => {
  const store = openMemoryStore();
  for (let version = 1; version <= 7; version += 1) store.addModel(model(version));
  store.addModel(model(1, 2, { why: 'enrolment' }));
  assert.deepEqual(versionsOf(store), [7, 6, 5, 4, 3]);
  assert.deepEqual(versionsOf(store, 2), [1]);
  const { file: _file, sha256: _sha, card: _card, ...said } = model(7);
  assert.deepEqual(store.versions(1, NAME)[0], said);
  assert.deepEqual(store.models(), [model(7), model(1, 2, { why: 'enrolment' })]);
});

test('accuracy comes back as it was', () => {
  const store = openMemoryStore();
  const part = { value: 0.02, low: 0.01, high: 0.05 };
  const accuracy: StoredModel['accuracy'] = {
    ...{ window: '15 s of use', genuineTrials: 40, impostorTrials: 400, eer: part, far: part, frr: part },
    det: [
      [0.1, 0],
      [0, 0.2],
    ],
  };
  store.addModel(model(1, 1, { accuracy }));
  assert.deepEqual(store.versions(1, NAME)[0]?.accuracy, accuracy);
});

test('going back forgets the later versions and the windows that came after it, of that profile and modality alone', () => {
  const store = openMemoryStore();
  addWindows(store, 1, 10, 20);
  store.addModel(model(1));
  addWindows(store, 2, 25);
  // The clock was set back: the order of coming counts, not the time.
  addWindows(store, 1, 5, 30);
  store.addModel(model(2));
  addWindows(store, 1, 40);
  store.addModel(model(3));
  store.addModel(model(3, 2));
  store.goBack(1, NAME, 1);
  assert.deepEqual([timesOf(store, 1), timesOf(store, 2), timesOf(store)], [[10, 20], [25], [10, 20, 25]]);
  assert.deepEqual([versionsOf(store), versionsOf(store, 2)], [[1], [3]]);
  assert.deepEqual(store.models()[0], model(1));
});

test('going back to the version in use forgets what came since', () => {
  const store = openMemoryStore();
  addWindows(store, 1, 10);
  store.addModel(model(1));
  addWindows(store, 1, 20);
  store.goBack(1, NAME, 1);
  assert.deepEqual([timesOf(store), versionsOf(store)], [[10], [1]]);
});

test('a number names one version for good, also after going back', () => {
  const store = openMemoryStore();
  assert.equal(store.nextVersion(1, NAME), 1);
  for (const version of [1, 2, 3]) store.addModel(model(version));
  store.goBack(1, NAME, 2);
  assert.equal(store.nextVersion(1, NAME), 4);
  store.goBack(1, NAME, 1);
  assert.deepEqual([store.nextVersion(1, NAME), store.nextVersion(2, NAME)], [4, 1]);
});

test('there is no way back to a version that is not there', () => {
  const store = openMemoryStore();
  addWindows(store, 1, 10);
  store.addModel(model(2));
  assert.throws(() => store.goBack(1, NAME, 1), /there is no version 1 of mouse-strokes/);
  assert.deepEqual([timesOf(store), versionsOf(store)], [[10], [2]]);
});

test('what learning goes on from comes back with its version; one of another version is no match', () => {
  const cipher = createCipher(testKey());
  const db = new (loadDriver())(':memory:');
  migrate(db, cipher);
  const store = createSqliteStore(db, null, cipher);
  store.addModel(model(1), Buffer.from('one'));
  store.addModel(model(2), Buffer.from('two'));
  store.addModel(model(3));
  const basisOf = (version: number): string | null => {
    const basis = store.basis(1, NAME, version);
    return basis === null ? null : Buffer.from(basis).toString();
  };
  assert.deepEqual([1, 2, 3, 4].map(basisOf), ['one', 'two', null, null]);
  const sealed = db.prepare<[number], Buffer>('SELECT basis FROM model WHERE version = ?').pluck();
  assert.ok(!sealed.get(1)?.includes('one'), 'sealed');
  db.prepare('UPDATE model SET basis = ? WHERE version = 1').run(sealed.get(2));
  assert.throws(() => basisOf(1), { kind: 'damaged' });
});

test('one profile is forgotten, and the others stay', () => {
  const store = openMemoryStore();
  for (const profile of [1, 2]) {
    addWindows(store, profile, 10 * profile);
    store.addModel(model(1, profile));
  }
  store.clearModels('mouse', 2);
  store.clearWindows('mouse', 2);
  assert.deepEqual([versionsOf(store), versionsOf(store, 2), timesOf(store)], [[1], [], [10]]);
  store.clearModels('mouse');
  store.clearWindows('mouse');
  assert.deepEqual([store.models(), timesOf(store)], [[], []]);
});

test('verdicts are kept by the moment of their alarm, as long as the alarm', () => {
  const store = openMemoryStore();
  const nowMs = 1_700_000_000_000;
  store.addTrust({ atMs: nowMs, trust: 90, low: 80, high: 95, state: 'NORMAL' });
  for (const atMs of [nowMs - 31 * 86_400_000, nowMs - 5.5]) store.addVerdict(atMs, 'owner');
  assert.equal(store.verdicts(0).size, 2);
  assert.deepEqual([...store.verdicts(nowMs - 6)], [[nowMs - 5.5, 'owner']]);
  store.prune(nowMs);
  assert.deepEqual([...store.verdicts(0).keys()], [nowMs - 5.5]);
});
