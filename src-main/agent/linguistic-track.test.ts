import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STRETCH_WORDS } from './features/linguistic-features.ts';
import { keysOf, typing } from './features/typing.fixture.ts';
import { loadLinguisticPrior } from './learn/linguistic-prior.ts';
import { createRandom } from './learn/random.ts';
import { USUAL, writeText, type Habits } from './learn/writer.fixture.ts';
import { linguisticTrack } from './linguistic-track.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { QUARANTINE_MS, type Track, type TrackScore } from './track.ts';

const prior = await loadLinguisticPrior(fileURLToPath(new URL('../../models', import.meta.url)));
const START_US = 1_700_000_000_000_000;
const HOP_US = 2_000_000;
const ENROL = 900;
const { modalities } = DEFAULT_SETTINGS;
const settings: Settings = {
  ...DEFAULT_SETTINGS,
  modalities: { ...modalities, linguistic: { ...modalities.linguistic, enrol: ENROL } },
};

/** A curt writer without capitals, and one of long sentences. */
const CURT: Habits = { ...USUAL, sentenceWords: 5, capital: 0, comma: 0, line: 1 };
const WORDY: Habits = { ...USUAL, wordLength: 5.5, sentenceWords: 20, comma: 0.15 };

interface Rig {
  readonly track: Track;
  readonly store: Store;
  /** Types, with a tick every two seconds; answers what was said. */
  readonly type: (text: string, learnable?: boolean) => Promise<readonly TrackScore[]>;
  readonly write: (habits: Habits, words: number, learnable?: boolean) => Promise<readonly TrackScore[]>;
  readonly pass: (us: number) => void;
  readonly nowUs: () => number;
}

function rig(store: Store = openMemoryStore(), using: Settings = settings): Rig {
  const track = linguisticTrack({ settings: using, store, prior, seed: 1 });
  let [nowUs, nextUs, seed] = [START_US, START_US + HOP_US, 0];
  const type = async (text: string, learnable = true): Promise<readonly TrackScore[]> => {
    const scores: TrackScore[] = [];
    for (const event of typing(keysOf(text), nowUs)) {
      for (; event.ts > nextUs; nextUs += HOP_US) {
        const said = await track.tick(nextUs, learnable);
        if (said !== null) scores.push(said);
      }
      track.accept(event);
      nowUs = event.ts;
    }
    nowUs = Math.max(nowUs + 200_000, nextUs);
    const last = await track.tick(nextUs, learnable);
    nextUs += HOP_US;
    return last === null ? scores : [...scores, last];
  };
  return {
    ...{ track, store, type },
    write: (habits, words, learnable) => type(writeText(habits, words, createRandom(++seed)), learnable),
    pass: (us) => {
      nowUs += us;
      nextUs += us;
    },
    nowUs: () => nowUs,
  };
}

const stored = (store: Store): number => store.windows('linguistic', 1000).length;
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

async function known(): Promise<Rig> {
  const writer = rig();
  await writer.write(CURT, ENROL + 200);
  assert.equal(writer.track.wantsTraining(), true);
  await writer.track.train(writer.nowUs() / 1000);
  writer.track.interrupt();
  return writer;
}

test('stretches become 12 numbers each, those a model; its owner fits, somebody else does not, and why is said', async () => {
  const writer = rig();
  // Numbers are no words: some 290 of these are.
  await writer.write(CURT, 300);
  assert.equal(stored(writer.store), Math.floor(290 / STRETCH_WORDS));
  assert.deepEqual(
    writer.store.windows('linguistic', 1).map(({ vector, events }) => [vector.length, events]),
    [[12, 60]],
  );
  assert.deepEqual([writer.track.trained(), writer.track.wantsTraining()], [false, false]);
  assert.deepEqual(writer.track.view(0).enrolment, { have: stored(writer.store) * 60, need: ENROL });
  await writer.write(CURT, ENROL);
  assert.match(
    await writer.track.train(writer.nowUs() / 1000),
    /^Learned your writing from \d+ words in \d\d stretches\. Of stretches left out of it, \d+ % did not look like you\.$/,
  );
  writer.track.interrupt();
  const own = await writer.write(CURT, 300);
  writer.track.interrupt();
  const other = await writer.write(WORDY, 300);
  assert.ok(own.length >= 4 && other.length >= 4);
  assert.ok(mean(own.map(({ llr }) => llr)) > 0.5, 'the owner');
  assert.deepEqual(new Set(other.map(({ llr }) => llr)), new Set([-1]), 'somebody else, capped');
  assert.match(own[0]?.strongest ?? '', /^like yours in [a-z ,]+$/);
  assert.ok(other.some(({ strongest }) => /sentences of (1\d|2\d) words where yours have [56]/.test(strongest)));
  assert.ok(other.every(({ strongest }) => /^[^,]+ (yours|you) [a-z]+ \d[^,]*(, [^,]+ \d[^,]*){0,2}$/.test(strongest)));
  assert.ok(own.every(({ share }) => share === 1));
});

test('what was begun while something was suspicious teaches nothing, and is scored all the same', async () => {
  const writer = await known();
  const before = stored(writer.store);
  await writer.write(WORDY, 50, false);
  const said = await writer.write(WORDY, 40, true);
  assert.ok(said.length > 0);
  writer.pass(QUARANTINE_MS * 1000);
  await writer.type('x ');
  assert.equal(stored(writer.store), before);
});

test('where there is a model, a stretch is learned from two minutes later, unless trust falls before', async () => {
  const writer = await known();
  const before = stored(writer.store);
  await writer.write(CURT, 70);
  assert.equal(stored(writer.store), before);
  writer.pass(QUARANTINE_MS * 1000);
  await writer.type('x ');
  assert.equal(stored(writer.store), before + 1);
  await writer.write(CURT, 70);
  await writer.type('x ', false);
  writer.pass(QUARANTINE_MS * 1000);
  await writer.type('x ');
  assert.equal(stored(writer.store), before + 1);
});

test('an interruption begins anew, and so does a break of ten minutes', async () => {
  const have = (writer: Rig): number => writer.track.view(writer.nowUs()).evidence.have;
  const writer = rig();
  await writer.type('\none two three ');
  assert.equal(have(writer), 3);
  writer.track.interrupt();
  assert.equal(have(writer), 0);
  await writer.type('\none two three ');
  writer.pass(500_000_000);
  await writer.type('four five ');
  assert.equal(have(writer), 5);
  writer.pass(600_000_000);
  await writer.type('six seven ');
  assert.equal(have(writer), 2);
});

test('a click and another window cut the text; a movement of the mouse does not', async () => {
  const counted = async (between: Parameters<Track['accept']>[0]): Promise<number> => {
    const writer = rig();
    await writer.type('\nstraw');
    writer.track.accept(between);
    await writer.type('berries are red ');
    // What was written is counted when half a minute has passed.
    writer.pass(31_000_000);
    await writer.type('');
    return writer.track.view(0).evidence.have;
  };
  const mouse = { type: 'mouse', ts: START_US, x: 1, y: 1 } as const;
  assert.equal(await counted({ ...mouse, event: 'move' }), 3);
  assert.equal(await counted({ ...mouse, event: 'press', button: 'Left' }), 2);
  assert.equal(await counted({ type: 'app', ts: START_US, app_name: 'editor', event: 'focus' }), 2);
});

test('what is learned survives a restart; a changed card is refused; a reset forgets all', async () => {
  const { store, track } = await known();
  await track.release();
  const again = rig(store).track;
  await again.load();
  assert.equal(again.trained(), true);
  const [model] = store.models();
  assert.equal(model?.name, 'linguistic-bayes');
  assert.ok(model !== undefined && model.file === '' && !/berr|the /.test(model.card));
  store.addModel({ ...model, version: model.version + 1, card: model.card.replace('"slope":', '"slope":1') });
  const third = rig(store).track;
  await assert.rejects(third.load(), /linguistic-bayes refused: it was changed; train again/);
  assert.equal(third.view(0).status, 'unavailable');
  await third.reset();
  assert.deepEqual(
    [third.trained(), third.view(0).enrolment.have, store.models().length, stored(store)],
    [false, 0, 0, 0],
  );
});

test('too little to learn from is said, and asked for again only with more', async () => {
  const few: Settings = {
    ...settings,
    modalities: { ...modalities, linguistic: { ...modalities.linguistic, enrol: 120 } },
  };
  const writer = rig(openMemoryStore(), few);
  await writer.write(CURT, 200);
  assert.equal(writer.track.wantsTraining(), true);
  await assert.rejects(writer.track.train(0), /your writing needs 10 stretches/);
  assert.equal(writer.track.wantsTraining(), false);
  assert.match(writer.track.view(0).reason ?? '', /needs 10 stretches/);
});

test('as long as nobody has measured what it is worth, the card says that it moves nothing', async () => {
  const { track } = await known();
  assert.equal(modalities.linguistic.weight, 0);
  assert.match(track.view(0).reason ?? '', /^Shown here and left out of the trust score/);
});
