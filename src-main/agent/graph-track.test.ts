// Typing from keys to evidence, with invented typists: Ada is the owner.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { statisticsJson } from './graph-basis.ts';
import { groupOf, standings } from './act/graph-reason.ts';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import type { KeystrokeEvent } from './events.ts';
import { graphStream } from './features/graphs.ts';
import { loadProfile } from './graph-model.ts';
import { graphTrack } from './graph-track.ts';
import { graphCrowd } from './infer/graph-crowd.ts';
import { addCrowd, crowdTally } from './infer/crowd-tally.ts';
import { graphScore, ownerSums } from './infer/graph-score.ts';
import { judged, ownerModel, type JudgedGraph } from './infer/owner-model.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import { createRandom } from './learn/random.ts';
import { settingsFor } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore } from './track.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const HOP_US = 5_000_000;
const START_US = 1_704_704_400_000_000;

function trackWith(store: Store = openMemoryStore(), enrol = 600): { track: Track; store: Store } {
  return {
    track: graphTrack({ settings: settingsFor({ enrol: { keystroke: enrol } }), store, prior, seed: 1 }),
    store,
  };
}

/** The keystrokes of a typist, from a moment on. */
function* typing(name: string, seed: number, fromUs: number): Generator<KeystrokeEvent> {
  for (const event of inventEvents(typistByName(name), createRandom(seed), fromUs)) {
    if (event.type === 'keystroke') yield event;
  }
}

interface Played {
  readonly scores: readonly TrackScore[];
  readonly endUs: number;
}

/** Types so many events with a tick every 5 s. */
async function play(
  track: Track,
  events: Iterable<KeystrokeEvent>,
  count: number,
  learnable: (nowUs: number) => boolean = () => true,
): Promise<Played> {
  const scores: TrackScore[] = [];
  let nextUs: number | null = null;
  let played = 0;
  for (const event of events) {
    nextUs ??= event.ts + HOP_US;
    for (; nextUs <= event.ts; nextUs += HOP_US) {
      const score = await track.tick(nextUs, learnable(nextUs));
      if (score !== null) scores.push(score);
    }
    track.accept(event);
    played += 1;
    if (played >= count) break;
  }
  const last = await track.tick(nextUs ?? 0, learnable(nextUs ?? 0));
  if (last !== null) scores.push(last);
  return { scores, endUs: nextUs ?? 0 };
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
/** How much the likeliest of the crowd gains on the owner over all ticks. */
const gained = (scores: readonly TrackScore[]): number => {
  const sums = new Float64Array(scores[0]?.against?.length ?? 0);
  for (const { against } of scores) against?.forEach((ratio, j) => (sums[j] = (sums[j] ?? 0) + ratio));
  return sums.reduce((most, sum) => Math.max(most, sum), Number.NEGATIVE_INFINITY);
};

async function adaKnown(): Promise<{ track: Track; store: Store; endUs: number }> {
  const { track, store } = trackWith();
  const { endUs } = await play(track, typing('ada', 3, START_US), 1500);
  assert.equal(track.wantsTraining(), true);
  assert.match(await track.train(Math.round(endUs / 1000)), /^Learned your typing from \d{3} keystrokes\.$/);
  return { track, store, endUs };
}

test('the owner fits and somebody else does not; the same crowd makes the difference tick by tick', async () => {
  const { track, store, endUs } = await adaKnown();
  const ada = await play(track, typing('ada', 4, endUs + HOP_US), 400);
  track.interrupt();
  const grace = await play(track, typing('grace', 5, ada.endUs + HOP_US), 400);
  assert.ok(mean(ada.scores.map(({ llr }) => llr)) > 1, 'Ada');
  assert.ok(mean(grace.scores.map(({ llr }) => llr)) < -3, 'Grace');
  assert.ok(gained(ada.scores) < 0, 'nobody of the crowd explains Ada better than her own profile');
  assert.ok(gained(grace.scores) > 10, 'somebody of the crowd explains Grace far better');
  assert.match(ada.scores[1]?.strongest ?? '', /^\d+ of \d+ measured times are close to yours$/);
  assert.match(
    grace.scores[1]?.strongest ?? '',
    /^[a-z ]+ \d\.\d sd (longer|shorter) than yours(, [a-z ]+ \d\.\d sd (longer|shorter)){0,2}$/,
  );
  // What is stored says nothing of the order of keys: names of keys and pairs, counts and unordered values.
  const [model] = store.models();
  assert.equal(model?.name, 'keystroke-graphs');
  assert.deepEqual(store.windows('keystroke', 10), [], 'no vectors');
});

test('who is clearly not the owner gains nothing by resembling nobody; the owner gains all along', async () => {
  const { track, endUs } = await adaKnown();
  const grace = await play(track, typing('grace', 5, endUs + HOP_US), 3000);
  const clear = grace.scores.filter(({ llr }) => llr <= Math.log(0.01));
  const ratios = clear.flatMap(({ against }) => [...(against ?? [])]);
  assert.ok(clear.length > 0.9 * grace.scores.length);
  assert.ok(ratios.every((ratio) => ratio >= 0));
  assert.ok(ratios.includes(0), 'each of the crowd explains some of her keys worse than Ada does');
  track.interrupt();
  const ada = await play(track, typing('ada', 4, grace.endUs + HOP_US), 400);
  for (const { against = [] } of ada.scores) assert.ok(mean([...against]) < 0);
});

test('every keystroke is evidence once, and only when there are enough of them', async () => {
  const { track, endUs } = await adaKnown();
  const { scores } = await play(track, typing('ada', 6, endUs + HOP_US), 400);
  const shares = scores.map(({ share }) => share);
  // 200 keystrokes at full weight from 50 of them: four windows' worth in all, never more than one at once.
  assert.ok(Math.abs(shares.reduce((sum, x) => sum + x, 0) - 4) < 0.2, String(shares));
  assert.ok(shares.every((share) => share <= 1));
  track.interrupt();
  const few = await play(track, typing('ada', 7, endUs + 600e6), 30);
  assert.deepEqual(few.scores, [], '15 keystrokes are too few for a score');
});

test('of keys that come faster than hands type, a tick takes 500 and lets the others go', async () => {
  const { track } = trackWith(openMemoryStore(), 2000);
  // All within nine tenths of one hop.
  const flood = [...take(typing('ada', 3, START_US), 3000)].map((event, i) => ({
    ...event,
    ts: Math.ceil(START_US / HOP_US) * HOP_US + i * 300,
  }));
  for (const event of flood) track.accept(event);
  const endUs = flood.at(-1)?.ts ?? 0;
  assert.equal(track.view(endUs).evidence.have, 500);
  await track.tick(endUs, true);
  assert.equal(track.standing(1).have, 500);
  // What comes at a hand's pace afterwards counts in full: 60 events, of which these are the strokes.
  const more = [...take(typing('ada', 4, endUs + HOP_US), 60)];
  for (const event of more) track.accept(event);
  await track.tick((more.at(-1)?.ts ?? 0) + 1, true);
  assert.equal(track.standing(1).have, 500 + more.filter(({ event }) => event === 'press').length);
});

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken === count) return;
  }
}

test('what is learned survives a restart; a reset forgets it', async () => {
  const { track, store } = await adaKnown();
  await track.release();
  const again = trackWith(store).track;
  await again.load();
  assert.equal(again.trained(), true);
  assert.equal(again.view(0).enrolment.have, 600);
  await again.reset();
  assert.deepEqual([again.trained(), again.view(0).enrolment.have, store.models().length], [false, 0, 0]);
  const third = trackWith(store).track;
  await third.load();
  assert.deepEqual([third.trained(), third.view(0).enrolment.have], [false, 0]);
});

test('a takeover teaches nothing: what was typed waits two minutes, and is dropped when trust falls meanwhile', async () => {
  const { track, endUs } = await adaKnown();
  const { have, need } = track.view(endUs).enrolment;
  assert.deepEqual([have, need], [600, 600]);
  // Trusted for the first minute, doubted from then on.
  const doubtedUs = endUs + HOP_US + 60e6;
  await play(track, typing('grace', 8, endUs + HOP_US), 800, (nowUs) => nowUs < doubtedUs);
  assert.equal(track.wantsTraining(), false);
  await track.train(1);
  await assert.doesNotReject(track.release());
  const { scores } = await play(track, typing('grace', 9, endUs + 3600e6), 300, () => false);
  assert.ok(mean(scores.map(({ llr }) => llr)) < -3, 'Grace is still somebody else');
});

test('below 200 keystrokes there is no model, and one that is malformed is refused', async () => {
  const { track } = trackWith();
  await play(track, typing('ada', 3, START_US), 300);
  await assert.rejects(track.train(1), /needs 200 keystrokes to learn from, there are 1\d\d$/);
  assert.match(track.view(0).reason ?? '', /needs 200 keystrokes/);

  const { store } = await adaKnown();
  const [model] = store.models();
  assert.ok(model !== undefined);
  store.addModel({ ...model, version: 2, card: model.card.replace(prior.file.table, 'graphs/0') });
  const other = trackWith(store).track;
  await assert.rejects(other.load(), /was learned against graphs\/0, not /);
  assert.equal(other.view(0).status, 'unavailable');
  assert.equal(await other.tick(START_US, true), null);
});

test('the times that a reason names are what speaks against her: without them the score is higher', async () => {
  const { store, endUs } = await adaKnown();
  const profile = loadProfile({ store, prior, profile: 1 });
  assert.ok(profile !== null);
  const owner = ownerModel(prior, profile);
  const crowd = graphCrowd(prior, 300);
  const scoreOf = (graphs: readonly JudgedGraph[], keys: number): number => {
    const tally = crowdTally(300);
    addCrowd(tally, crowd, graphs);
    return graphScore(owner, ownerSums(owner.sitting(), graphs), tally, keys) ?? Number.NaN;
  };
  const stream = graphStream();
  let window: JudgedGraph[] = [];
  let keys = 0;
  const lifted: boolean[] = [];
  for (const event of typing('grace', 11, endUs)) {
    window.push(...stream.accept(event).map((instance) => judged(prior, instance)));
    if (event.event === 'press') keys += 1;
    if (keys < 60) continue;
    const [furthest] = standings(owner, window);
    const without = window.filter(({ belief }) => groupOf(belief) !== furthest?.words);
    lifted.push(scoreOf(without, keys) > scoreOf(window, keys));
    [window, keys] = [[], 0];
    if (lifted.length === 10) break;
  }
  assert.ok(lifted.filter((is) => is).length >= 9, String(lifted));
});

test('what is stored is in the order of names and sizes, and not in that of typing', async () => {
  const { track, store } = await adaKnown();
  await track.release();
  const kept = JSON.parse(statisticsJson(store.get('keystroke-statistics 1') ?? '')) as {
    types: { name: string; values: number[] }[][];
  };
  const [model] = store.models();
  const profile = JSON.parse(model?.card ?? '') as { types: { graphs: Record<string, unknown> }[] };
  const ordered = (names: readonly string[]): boolean =>
    names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
  assert.ok(kept.types.every((samples) => samples.length > 5 && ordered(samples.map(({ name }) => name))));
  assert.ok(kept.types.flat().every(({ values }) => values.every((x, i) => i === 0 || (values[i - 1] ?? 0) <= x)));
  assert.ok(profile.types.every(({ graphs }) => ordered(Object.keys(graphs))));
  assert.ok(
    // Digits come first in every object.
    prior.file.types.every(({ graphs }) => ordered(Object.keys(graphs).filter((name) => !/^\d+$/.test(name)))),
    'the shipped list',
  );
});
