import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import { STROKE_MODEL } from './infer/stroke-card.ts';
import { loadMousePrior, mousePriorOf, type MousePrior, type MousePriorFile } from './learn/mouse-prior.ts';
import { createRandom } from './learn/random.ts';
import { openProfiles } from './profiles/profiles.ts';
import { DEFAULT_SETTINGS, settingsFor } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { strokeTrack } from './stroke-track.ts';
import type { Track, TrackScore, TrackView } from './track.ts';

const S = 1e6;
const shipped = await loadMousePrior(path.resolve(import.meta.dirname, '../../models'));

/** The shipped prior with another idea of how far out people usually are: who is like its people is up to that. */
const priorOf = (usualDistance: number): MousePrior => {
  const { file } = shipped;
  const changed: MousePriorFile = { ...file, windows: file.windows.map((window) => ({ ...window, usualDistance })) };
  return mousePriorOf(changed);
};

interface Parts {
  readonly enrol?: number;
  readonly prior?: MousePrior;
  readonly store?: Store;
}

function trackFor({ enrol = 300, prior = shipped, store = openMemoryStore() }: Parts = {}) {
  return { track: strokeTrack({ settings: settingsFor({ enrol: { mouse: enrol } }), store, prior }), store };
}

const STEPS = 50;

/** Strokes of half a second, one at each full second from `fromS` until before `toS`: 51 moves, 10 ms apart. */
function strokes(track: Track, fromS: number, toS: number): void {
  for (let s = fromS; s < toS; s += 1) {
    for (let i = 0; i <= STEPS; i += 1) {
      const t = i / STEPS;
      const along = t * t * (3 - 2 * t) * (300 + 40 * (s % 5));
      const [x, y] = [Math.round(400 + (s % 2 === 0 ? along : -along)), 300 + Math.round(5 * Math.sin(3 * t + s))];
      track.accept({ type: 'mouse', ts: s * S + i * 10_000, x, y, event: 'move' });
    }
  }
}

/** A track that has learned strokes of the first three minutes. */
async function trained(parts: Parts = {}): Promise<ReturnType<typeof trackFor>> {
  const made = trackFor(parts);
  strokes(made.track, 0, 180);
  await made.track.tick(180 * S, true);
  await made.track.train(0);
  made.track.interrupt();
  return made;
}

const shareOf = (score: TrackScore | null): number | null =>
  score === null ? null : Math.round(1e6 * score.share) / 1e6;

test('a score counts the activity that no score before it used, as a share of fifteen seconds', async () => {
  const { track } = await trained();
  strokes(track, 1000, 1005);
  assert.equal(shareOf(await track.tick(1005 * S, false)), 0.3, '4.5 s from the first event to the last');
  strokes(track, 1005, 1010);
  assert.equal(shareOf(await track.tick(1010 * S, false)), 0.333333, '5 s');
  assert.equal(await track.tick(1015 * S, false), null, 'nothing new');
  assert.equal(track.view(1015 * S).status, 'waiting');
  strokes(track, 1070, 1071);
  assert.equal(
    shareOf(await track.tick(1075 * S, false)),
    0.1,
    'a minute away counts a second, the stroke half of one',
  );
  strokes(track, 1080, 1110);
  assert.equal(shareOf(await track.tick(1110 * S, false)), 1, 'no more than the whole window');
});

test('below three strokes there is no score, and what they took is not lost', async () => {
  const { track } = await trained();
  strokes(track, 1000, 1002);
  assert.equal(await track.tick(1005 * S, false), null);
  assert.deepEqual(track.view(1005 * S).evidence, { have: 2, need: 3 });
  strokes(track, 1005, 1006);
  // 1.5 s of two strokes, one second of the gap, half a second of the third.
  assert.equal(shareOf(await track.tick(1010 * S, false)), 0.2);
});

test('after an interruption nothing before it counts', async () => {
  const { track } = await trained();
  strokes(track, 1000, 1005);
  track.interrupt();
  assert.equal(track.view(1005 * S).evidence.have, 0);
  assert.equal(await track.tick(1005 * S, false), null);
  strokes(track, 1010, 1013);
  assert.equal(shareOf(await track.tick(1015 * S, false)), 0.166667, '2.5 s since');
});

const enrolled = ({ enrolment: { have, need } }: TrackView): unknown => ({ have, need });
const stored = (store: Store): unknown[] =>
  store.windows('mouse', 100).map(({ ts, events, newEvents, vector }) => [ts / S, events, newEvents, vector.length]);

/** A tick, and what is done after it and before the next. */
async function ticked(track: Track, atUs: number, learnable: boolean): Promise<TrackScore | null> {
  const score = await track.tick(atUs, learnable);
  await track.release();
  return score;
}

test('fifteen seconds of activity make a window; the rest waits for more', async () => {
  const { track, store } = trackFor();
  strokes(track, 0, 10);
  await ticked(track, 10 * S, true);
  assert.deepEqual(stored(store), []);
  strokes(track, 300, 315);
  await ticked(track, 315 * S, true);
  // Nine and a half seconds, one for the gap, four and a half: at 304.5 s, which is the first event of the next window.
  assert.deepEqual(stored(store), [[304.49, 15, 15, 79]]);
});

test('what was moved while somebody else may have done it is in no window', async () => {
  const { track, store } = trackFor();
  strokes(track, 0, 10);
  await ticked(track, 10 * S, false);
  strokes(track, 10, 25);
  await ticked(track, 25 * S, true);
  // From 9.5 s of activity to 24.5 s.
  assert.deepEqual(stored(store), [[24.49, 15, 15, 79]]);
});

test('with a model there, two minutes pass before a window is learned from', async () => {
  const { track, store } = await trained();
  const before = stored(store).length;
  strokes(track, 1000, 1020);
  await ticked(track, 1020 * S, true);
  await ticked(track, 1130 * S, true);
  assert.equal(stored(store).length, before);
  await ticked(track, 1140 * S, true);
  // Fifteen strokes and the rest after the last of them make the fifteen seconds.
  assert.deepEqual(stored(store).at(-1), [1014.5, 15, 15, 79]);
  strokes(track, 1200, 1220);
  await ticked(track, 1220 * S, true);
  await ticked(track, 1225 * S, false);
  await ticked(track, 1400 * S, true);
  assert.equal(stored(store).length, before + 1, 'a doubt within them takes them away');
});

test('a window that is measured when the screen is locked is not learned from', async () => {
  const { track, store } = trackFor();
  strokes(track, 0, 20);
  await track.tick(20 * S, true);
  track.interrupt();
  await track.release();
  assert.deepEqual(stored(store), []);
  strokes(track, 30, 50);
  await ticked(track, 50 * S, true);
  assert.equal(stored(store).length, 1);
});

test('many strokes in few windows are not enough', async () => {
  const { track } = trackFor({ enrol: 10 });
  strokes(track, 0, 16);
  await ticked(track, 16 * S, true);
  // 1 of the 6 windows that training needs.
  assert.deepEqual(enrolled(track.view(16 * S)), { have: 1, need: 10 });
  assert.ok(!track.wantsTraining());
  await assert.rejects(track.train(0), /needs 6 windows to learn from, there are 1/);
  const view = track.view(16 * S);
  assert.match(view.reason ?? '', /needs 6 windows/);
  assert.deepEqual(enrolled(view), { have: 3, need: 18 }, '1.2 times 15 strokes');
});

test('a model is made anew when half as much again is known', async () => {
  const { track } = await trained({ enrol: 100 });
  // 11 windows of 15 strokes; 5 more of them are not half as many, 6 are.
  strokes(track, 1000, 1076);
  await ticked(track, 1200 * S, true);
  assert.ok(!track.wantsTraining());
  strokes(track, 1076, 1092);
  await ticked(track, 1300 * S, true);
  assert.ok(track.wantsTraining());
  assert.match(await track.train(1), /from 255 movements in 17 windows/);
  assert.ok(!track.wantsTraining());
});

test('a short enrolment makes no mature model', async () => {
  const { track } = await trained({ enrol: 100 });
  assert.deepEqual([track.trained(), track.mature()], [true, false]);
  const whole = trackFor();
  strokes(whole.track, 0, 301);
  await ticked(whole.track, 301 * S, true);
  await whole.track.train(0);
  assert.ok(whole.track.mature());
});

/** Plays the mouse of a synthetic typist into the track with a tick every five seconds. @returns what was said. */
async function play(track: Track, name: string, seed: number, startUs: number, seconds: number): Promise<TrackScore[]> {
  const said: TrackScore[] = [];
  let tickUs = startUs + 5 * S;
  for (const event of inventEvents(typistByName(name), createRandom(seed), startUs)) {
    for (; event.ts > tickUs; tickUs += 5 * S) {
      const score = await track.tick(tickUs, !track.trained());
      if (score !== null) said.push(score);
    }
    if (event.ts > startUs + seconds * S) return said;
    track.accept(event);
  }
  return said;
}

const meanOf = (said: readonly TrackScore[]): number => said.reduce((sum, { llr }) => sum + llr, 0) / said.length;

test('enrolment, training, and scores that tell two people apart', async () => {
  // Invented people are unlike those of the prior; here they are usual.
  const { track, store } = trackFor({ enrol: 100, prior: priorOf(10) });
  assert.deepEqual(await play(track, 'ada', 1, 0, 1500), [], 'no score before there is a model');
  assert.ok(track.wantsTraining());
  const sentence =
    /^Learned your mouse movement from \d+ movements in \d+ windows of 15 s\. Of windows that it had not learned from, \d+ %/;
  assert.match(await track.train(0), sentence);
  assert.ok(!track.wantsTraining() && track.trained());
  track.interrupt();
  const own = await play(track, 'ada', 2, 10_000 * S, 300);
  const other = await play(track, 'grace', 3, 20_000 * S, 300);
  assert.ok(meanOf(own) > 1 && meanOf(other) < -2, `ada ${meanOf(own)}, grace ${meanOf(other)}`);
  const [low, high] = DEFAULT_SETTINGS.modalities.mouse.cap;
  assert.ok([...own, ...other].every(({ llr }) => llr >= low && llr <= high));
  assert.ok(
    other.some(({ strongest }) =>
      /^[a-z ]+ \d\.\d sd [a-z ]+ than yours(, [a-z ]+ \d\.\d sd [a-z ]+){0,2}$/.test(strongest),
    ),
  );
  assert.equal(track.view(0).reason, null);

  const restarted = trackFor({ enrol: 100, prior: priorOf(10), store }).track;
  await restarted.load();
  const again = await play(restarted, 'ada', 2, 10_000 * S, 300);
  assert.deepEqual(again, own, 'the same after a restart');
});

test('where the prior does not fit, the score counts a quarter and says why', async () => {
  const { track } = trackFor({ enrol: 100 });
  await play(track, 'ada', 1, 0, 1500);
  assert.match(await track.train(0), /unlike what the population was learned from/);
  const other = await play(track, 'grace', 3, 20_000 * S, 300);
  assert.ok(meanOf(other) < -0.5 && other.every(({ llr }) => llr >= -1 && llr <= 0.5), `grace ${meanOf(other)}`);
  assert.match(track.view(0).reason ?? '', /counts for a quarter/);
});

test('a model that was changed or is malformed is out, and says so; training makes another', async () => {
  const { store } = await trained();
  const model = store.models().find(({ name }) => name === STROKE_MODEL);
  assert.ok(model !== undefined);
  const put = (version: number, card: string, signed = true): void => {
    const sha256 = createHash('sha256')
      .update(signed ? card : '')
      .digest('hex');
    store.addModel({ ...model, version, card, sha256 });
    store.flush();
  };
  const card = JSON.parse(model.card) as Record<string, unknown> & { profile: { owner: { mean: number[] } } };
  put(2, model.card, false);
  await assert.rejects(trackFor({ store }).track.load(), /mouse-strokes refused: it was changed; train again/);
  put(3, JSON.stringify({ ...card, table: 'mouse-38/1' }));
  await assert.rejects(trackFor({ store }).track.load(), /refused: its card is malformed at table .*; train again/);
  put(4, '{');
  await assert.rejects(trackFor({ store }).track.load(), /refused: its card is malformed at the card as a whole/);
  card.profile.owner.mean.pop();
  put(5, JSON.stringify(card));
  const { track } = trackFor({ store });
  await assert.rejects(track.load(), /refused: its card is malformed at profile\.owner\.mean/);

  const before = stored(store).length;
  strokes(track, 1000, 1040);
  assert.equal(await ticked(track, 1040 * S, true), null, 'no score from nothing');
  assert.equal(stored(store).length, before, 'nothing is learned while nobody can tell who moves the mouse');
  const { status, reason } = track.view(1040 * S);
  assert.deepEqual([status, track.trained(), track.wantsTraining()], ['unavailable', false, false]);
  assert.match(reason ?? '', /refused/);
  await track.train(0);
  assert.ok(track.trained());
  assert.equal(store.models().find(({ name }) => name === STROKE_MODEL)?.version, 6);
});

test('a model of another prior is learned again from what is there', async () => {
  const { store } = await trained({ enrol: 100 });
  const { track } = trackFor({ enrol: 100, store, prior: priorOf(9) });
  await track.load();
  assert.deepEqual([track.trained(), track.wantsTraining()], [false, true]);
  // One with fewer directions: its profiles have another size.
  const windows = shipped.file.windows.map((window) => ({
    ...window,
    directions: window.directions.slice(1),
    between: window.between.slice(1),
  }));
  const smaller = trackFor({ store, prior: mousePriorOf({ ...shipped.file, windows }) }).track;
  await smaller.load();
  assert.deepEqual([smaller.trained(), smaller.view(0).reason], [false, null]);
});

test('windows of an earlier feature table are not taken for these', async () => {
  const store = openMemoryStore();
  const vector = new Float32Array(38);
  for (let i = 0; i < 50; i += 1) {
    store.addWindow({ ts: i * S, modality: 'mouse', profile: 1, events: 20, newEvents: 20, vector });
  }
  const { track } = trackFor({ store });
  assert.equal(track.view(0).enrolment.have, 0);
  await assert.rejects(track.train(0), /there are 0/);
});

test('a reset leaves nothing behind', async () => {
  const { track, store } = await trained();
  strokes(track, 1000, 1010);
  await track.reset();
  assert.deepEqual([store.models(), store.windows('mouse', 10)], [[], []]);
  assert.deepEqual([track.trained(), track.view(0).evidence.have, track.view(0).enrolment.have], [false, 0, 0]);
  const again = trackFor({ store }).track;
  await again.load();
  assert.deepEqual([again.trained(), again.view(0).enrolment.have], [false, 0]);
});

const versionsOf = (track: Track): unknown[] =>
  track.standing(1).versions.map(({ version, why, events }) => [version, why, events]);

test('every training is a version; going back forgets the windows that came after it', async () => {
  const { track, store } = await trained({ enrol: 100 });
  const before = stored(store);
  strokes(track, 1000, 1200);
  await ticked(track, 1200 * S, true);
  await ticked(track, 1400 * S, true);
  assert.ok(track.wantsTraining());
  await track.train(1400e3);
  const after = versionsOf(track);
  assert.deepEqual(
    after.map((one) => (one as unknown[]).slice(0, 2)),
    [
      [2, 'more'],
      [1, 'enrolment'],
    ],
  );
  const sentence = await track.useVersion(1, 1);
  assert.match(
    sentence,
    /^The mouse is judged by version 1 again, learned from 1\d\d movements; what came later is forgotten\.$/,
  );
  assert.deepEqual([stored(store), versionsOf(track)], [before, after.slice(1)]);
  assert.ok(!track.wantsTraining(), 'what was forgotten does not count');
  const again = trackFor({ enrol: 100, store }).track;
  await again.load();
  // The pace is of the use since the start.
  const { perMinute: _before, ...known } = track.standing(1);
  const { perMinute: _after, ...remembered } = again.standing(1);
  assert.deepEqual([again.trained(), remembered], [true, known]);
});

test('what was moved in doubt teaches when somebody vouches for it, and never by itself', async () => {
  const { track, store } = await trained();
  const before = stored(store).length;
  await ticked(track, 999 * S, false);
  for (let s = 1000; s < 1040; s += 2) {
    strokes(track, s, s + 2);
    await track.tick((s + 2) * S, false);
  }
  await ticked(track, 1042 * S, true);
  await ticked(track, 1400 * S, true);
  assert.equal(stored(store).length, before);
  const kept = track.takeUnlearned();
  assert.equal(kept?.events, 30, 'two windows of 15 s, a stroke a second');
  assert.equal(track.takeUnlearned(), null);
  kept.teach(1);
  assert.equal(stored(store).length, before + 2);
});

test('the windows that waited when the doubt came are vouched for as well', async () => {
  const { track } = await trained();
  strokes(track, 1000, 1020);
  await ticked(track, 1020 * S, true);
  await ticked(track, 1022 * S, false);
  assert.equal(track.takeUnlearned()?.events, 15);
});

test('another mouse has a profile of its own: windows and models are apart', async () => {
  const store = openMemoryStore();
  const profiles = openProfiles({ store });
  const settings = settingsFor({ enrol: { mouse: 100 } });
  const track = strokeTrack({ settings, store, prior: shipped, profiles });
  strokes(track, 0, 180);
  await ticked(track, 180 * S, true);
  await track.train(0);
  profiles.add('Dock', 200e3);
  track.interrupt();
  assert.equal(track.view(200 * S).status, 'learning');
  strokes(track, 200, 380);
  await ticked(track, 380 * S, true);
  assert.ok(track.wantsTraining());
  await track.train(380e3);
  assert.deepEqual([profiles.learning(), store.models().map(({ profile }) => profile)], [null, [1, 2]]);
  assert.deepEqual(
    [1, 2].map((profile) => store.windows('mouse', 100, profile).length),
    [11, 11],
  );
  profiles.remove(2);
  await track.forget(2);
  assert.deepEqual([store.models().map(({ profile }) => profile), store.windows('mouse', 100, 2)], [[1], []]);
});
