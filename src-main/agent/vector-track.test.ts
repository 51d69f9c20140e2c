import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import type { KeystrokeEvent } from './events.ts';
import { modelsFolder } from './infer/model-files.ts';
import { loadPrior } from './learn/prior.ts';
import { createRandom } from './learn/random.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { createCipher } from './store/cipher.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import type { Track } from './track.ts';
import { KEYSTROKE_PATH } from './vector-path.ts';
import type { VectorModelParts } from './vector-model.ts';
import { vectorTrack } from './vector-track.ts';

const modelsDir = path.resolve(import.meta.dirname, '../../models');
const S = 1e6;

type Parts = VectorModelParts<KeystrokeEvent> & { readonly dataDir: string };

async function partsFor(t: TestContext, enrol: number): Promise<Parts> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'seclyzer-track-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const { prior: name, table, features } = KEYSTROKE_PATH;
  const prior = await loadPrior(modelsDir, name, table, features);
  const { modalities } = DEFAULT_SETTINGS;
  const settings = {
    ...DEFAULT_SETTINGS,
    modalities: { ...modalities, keystroke: { ...modalities.keystroke, enrol } },
  };
  const pause = (): Promise<void> => Promise.resolve();
  const modelFiles = modelsFolder(dataDir, createCipher(Buffer.alloc(32, 7)));
  return { path: KEYSTROKE_PATH, settings, store: openMemoryStore(), prior, modelFiles, dataDir, seed: 1, pause };
}

async function trackFor(t: TestContext, enrol: number): Promise<{ track: Track; store: Store }> {
  const parts = await partsFor(t, enrol);
  return { track: vectorTrack(parts), store: parts.store };
}

/** One key a second, held 100 ms, the last one pressed at `toS`. */
function type(track: Track, fromS: number, toS: number): void {
  for (let s = fromS; s <= toS; s += 1) {
    const key = 'asdfjkl'.charAt(s % 7);
    track.accept({ type: 'keystroke', ts: s * S, key, event: 'press' });
    track.accept({ type: 'keystroke', ts: s * S + 0.1 * S, key, event: 'release' });
  }
}

test('overlapping windows count their new events once', async (t) => {
  const { track, store } = await trackFor(t, 1500);
  type(track, 1, 29);
  await track.tick(30 * S, true);
  type(track, 31, 34);
  await track.tick(35 * S, true);
  // 29 keys, then of the 28 keys from 6 to 34 s the four from 31 to 34 s are new.
  assert.deepEqual(
    store.windows('keystroke', 10).map(({ events, newEvents }) => [events, newEvents]),
    [
      [29, 29],
      [28, 4],
    ],
  );
});

test('a window with too few keys, with nothing new, or while somebody else may be typing teaches nothing', async (t) => {
  const { track, store } = await trackFor(t, 1500);
  type(track, 11, 29);
  await track.tick(30 * S, true);
  assert.equal(store.windows('keystroke', 10).length, 0, '19 keys');
  type(track, 30, 30);
  await track.tick(31 * S, false);
  assert.equal(store.windows('keystroke', 10).length, 0, 'not learnable');
  await track.tick(32 * S, true);
  assert.equal(store.windows('keystroke', 10).length, 0, 'nothing new');
});

test('the evidence moves between two ticks', async (t) => {
  const { track } = await trackFor(t, 1500);
  type(track, 1, 12);
  assert.deepEqual(track.view(12.5 * S).evidence, { have: 12, need: 20 });
  assert.deepEqual(track.view(36.5 * S).evidence, { have: 6, need: 20 });
});

test('many keys in a few windows are not enough to train on', async (t) => {
  const { track } = await trackFor(t, 20);
  type(track, 1, 29);
  await track.tick(30 * S, true);
  assert.ok(!track.wantsTraining());
  // 1 of the 20 windows that training needs.
  assert.deepEqual(track.view(30 * S).enrolment, { have: 1, need: 20 });
});

test('a clock that was set back does not stop it', async (t) => {
  const { track, store } = await trackFor(t, 1500);
  type(track, 1001, 1029);
  await track.tick(1030 * S, true);
  await track.tick(60 * S, true);
  type(track, 61, 85);
  await track.tick(90 * S, true);
  // In the order of their times, which is not the order in which they came.
  assert.deepEqual(
    store.windows('keystroke', 10).map(({ events }) => events),
    [25, 29],
  );
});

test('what arrives late is new all the same', async (t) => {
  const { track, store } = await trackFor(t, 1500);
  type(track, 1, 25);
  await track.tick(30 * S, true);
  // The server handed these over after the tick that they belong to.
  type(track, 26, 29);
  await track.tick(35 * S, true);
  assert.deepEqual(
    store.windows('keystroke', 10).map(({ events, newEvents }) => [events, newEvents]),
    [
      [25, 25],
      [24, 4],
    ],
  );
});

test('a training that failed is said, and tried again only with more', async (t) => {
  const { track } = await trackFor(t, 20);
  type(track, 1, 29);
  await track.tick(30 * S, true);
  await assert.rejects(track.train(0), /needs 20 windows to learn from, there are 1/);
  const { reason, enrolment } = track.view(30 * S);
  assert.match(reason ?? '', /needs 20 windows/);
  assert.deepEqual(enrolment, { have: 1, need: 35 }, '1.2 times 29 keys');
});

/** Plays a synthetic typist into the track with a tick every five seconds. @returns the ratios of the windows scored. */
async function play(track: Track, name: string, seed: number, startUs: number, seconds: number): Promise<number[]> {
  const ratios: number[] = [];
  let tickUs = startUs + 5 * S;
  for (const event of inventEvents(typistByName(name), createRandom(seed), startUs)) {
    for (; event.ts > tickUs; tickUs += 5 * S) {
      const score = await track.tick(tickUs, true);
      if (score !== null) ratios.push(score.llr);
    }
    if (event.ts > startUs + seconds * S) return ratios;
    track.accept(event);
  }
  return ratios;
}

test('enrolment, training, and scores that tell two typists apart', async (t) => {
  const { track } = await trackFor(t, 300);
  assert.deepEqual(await play(track, 'ada', 1, 0, 300), [], 'no score before there is a model');
  assert.ok(track.wantsTraining());
  const learned =
    /Learned your typing from \d+ half-minutes\. Errors against invented people: keystroke-forest \d+ %\./;
  assert.match(await track.train(0), learned);
  assert.ok(!track.wantsTraining() && track.trained());
  const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const own = mean(await play(track, 'ada', 2, 1000 * S, 120));
  const other = mean(await play(track, 'grace', 3, 2000 * S, 120));
  assert.ok(own > 0 && other < -2, `ada ${own}, grace ${other}`);
});

test('a model whose file is gone or replaced is out, and says so', async (t) => {
  const parts = await partsFor(t, 300);
  const track = vectorTrack(parts);
  await play(track, 'ada', 1, 0, 300);
  await track.train(0);
  const models = path.join(parts.dataDir, 'models');
  const earlier = path.join(parts.dataDir, 'earlier');
  await cp(models, earlier, { recursive: true });
  await track.release();
  const other = await partsFor(t, 300);
  await play(vectorTrack(other), 'grace', 5, 0, 300);
  await vectorTrack(other).train(0);
  await putBack(path.join(other.dataDir, 'models'), models);
  await assert.rejects(play(track, 'ada', 2, 1000 * S, 60), /refused/);
  assert.equal(track.view(1060 * S).status, 'unavailable');
  assert.ok(!track.trained(), 'no score from nothing');
  const kept = parts.store.windows('keystroke', 1000).length;
  await assert.rejects(play(track, 'grace', 4, 1500 * S, 60), /refused/);
  assert.equal(
    parts.store.windows('keystroke', 1000).length,
    kept,
    'nothing is learned while nobody can tell who types',
  );
  await assert.rejects(vectorTrack(parts).load(), /refused/);
  await putBack(earlier, models);
  assert.ok((await play(track, 'ada', 3, 2000 * S, 60)).length > 0, 'back when the file is');
  assert.ok(track.trained());
});

/** Replaces all files of a folder. */
async function putBack(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true });
  await cp(from, to, { recursive: true });
}

test('an earlier model with its card, both sealed and whole, does not come back in the place of the present one', async (t) => {
  const parts = await partsFor(t, 300);
  const track = vectorTrack(parts);
  await play(track, 'ada', 1, 0, 300);
  await track.train(0);
  const [models, earlier] = ['models', 'earlier'].map((name) => path.join(parts.dataDir, name)) as [string, string];
  await cp(models, earlier, { recursive: true });
  await play(track, 'ada', 2, 1000 * S, 60);
  await track.train(1);
  await vectorTrack(parts).load();
  await putBack(earlier, models);
  await assert.rejects(vectorTrack(parts).load(), /refused: another one lies in its place; train again/);
});

test('a reset leaves nothing behind', async (t) => {
  const parts = await partsFor(t, 300);
  const track = vectorTrack(parts);
  await play(track, 'ada', 1, 0, 300);
  await track.train(0);
  await track.reset();
  assert.deepEqual(await readdir(path.join(parts.dataDir, 'models')), []);
  assert.deepEqual(parts.store.models(), []);
  const again = vectorTrack(parts);
  await again.load();
  assert.deepEqual([again.trained(), again.view(0).enrolment.have], [false, 0]);
});
