// One owner with several profiles of typing, with invented typists: Ada is the owner at her laptop, and Grace's typing stands in for hers
// at the dock. A third one is Grace with longer holds.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { statisticsJson } from './graph-basis.ts';
import { inventEvents, typistByName } from './collect/synthetic.ts';
import type { KeystrokeEvent } from './events.ts';
import { graphStream, type GraphInstance } from './features/graphs.ts';
import { loadProfile } from './graph-model.ts';
import { graphTrack } from './graph-track.ts';
import { graphCrowd } from './infer/graph-crowd.ts';
import { addCrowd, crowdTally } from './infer/crowd-tally.ts';
import { ownerSums, ratiosAgainst } from './infer/graph-score.ts';
import { judged, ownerModel } from './infer/owner-model.ts';
import { loadGraphPrior } from './learn/graph-prior.ts';
import { createRandom } from './learn/random.ts';
import { openProfiles, type Profiles } from './profiles/profiles.ts';
import { settingsFor } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore } from './track.ts';

const prior = await loadGraphPrior(path.resolve(import.meta.dirname, '../../models'));
const HOP_US = 5_000_000;
const START_US = 1_704_704_400_000_000;
const [LAPTOP, DOCK] = [1, 2];

type Hand = 'ada' | 'grace' | 'heavy grace';

function* typing(hand: Hand, seed: number, fromUs: number): Generator<KeystrokeEvent> {
  const name = hand === 'ada' ? 'ada' : 'grace';
  const pressed = new Map<string, number>();
  for (const event of inventEvents(typistByName(name), createRandom(seed), fromUs)) {
    if (event.type !== 'keystroke') continue;
    if (event.event === 'press') pressed.set(event.key, event.ts);
    const heldUs = event.ts - (pressed.get(event.key) ?? event.ts);
    yield hand === 'heavy grace' && event.event === 'release'
      ? { ...event, ts: event.ts + Math.round(1.2 * heldUs) }
      : event;
  }
}

interface Bench {
  readonly track: Track;
  readonly profiles: Profiles;
  readonly store: Store;
  nowUs: number;
  /** Types so many keystrokes, with a tick every 5 s. */
  readonly type: (hand: Hand, keys: number, learnable?: boolean) => Promise<readonly TrackScore[]>;
}

function bench(store: Store = openMemoryStore()): Bench {
  const profiles = openProfiles({ store });
  const settings = settingsFor({ enrol: { keystroke: 600 } });
  const track = graphTrack({ settings, store, prior, seed: 1, profiles });
  let seed = 100;
  const made = { track, profiles, store, nowUs: START_US };
  return Object.assign(made, {
    type: async (hand: Hand, keys: number, learnable = true) => {
      const scores: TrackScore[] = [];
      let nextUs = made.nowUs + HOP_US;
      let typed = 0;
      for (const event of typing(hand, (seed += 1), made.nowUs + 1)) {
        for (; nextUs <= event.ts; nextUs += HOP_US) {
          const score = await track.tick(nextUs, learnable);
          if (score !== null) scores.push(score);
        }
        if (event.event === 'press') typed += 1;
        if (typed > keys) break;
        track.accept(event);
      }
      const last = await track.tick(nextUs, learnable);
      if (last !== null) scores.push(last);
      made.nowUs = nextUs;
      track.interrupt();
      return scores;
    },
  });
}

/** The owner is known at the laptop. */
async function known(): Promise<Bench> {
  const made = bench();
  await made.type('ada', 700);
  await made.track.train(made.nowUs / 1000);
  return made;
}

/** And at the dock. */
async function knownTwice(): Promise<Bench> {
  const made = await known();
  made.profiles.add('Dock', made.nowUs / 1000);
  await made.type('grace', 700);
  assert.equal(made.track.wantsTraining(), true);
  await made.track.train(made.nowUs / 1000);
  return made;
}

const strokesOf = ({ store }: Bench, profile: number): number =>
  (JSON.parse(statisticsJson(store.get(`keystroke-statistics ${profile}`) ?? 'null')) as { strokes: number } | null)
    ?.strokes ?? 0;
/** How much the likeliest of the crowd gains on the owner. */
function gained(scores: readonly TrackScore[]): number {
  const sums = new Float64Array(scores[0]?.against?.length ?? 0);
  for (const { against } of scores) against?.forEach((ratio, j) => (sums[j] = (sums[j] ?? 0) + ratio));
  return sums.reduce((most, sum) => Math.max(most, sum), Number.NEGATIVE_INFINITY);
}

test('with one profile the evidence is that of the one owner against the crowd, to the last bit', async () => {
  const { track, store, nowUs } = await known();
  const profile = loadProfile({ store, prior, profile: LAPTOP });
  assert.ok(profile !== null);
  const stretch = ownerModel(prior, profile).running();
  const crowd = graphCrowd(prior);
  const stream = graphStream();
  let untold: GraphInstance[] = [];
  let [nextUs, compared, keys] = [nowUs + HOP_US, 0, 0];
  for (const event of typing('ada', 7, nowUs + 1)) {
    for (; nextUs <= event.ts; nextUs += HOP_US) {
      const score = await track.tick(nextUs, false);
      if (score === null) continue;
      const graphs = untold.map((instance) => judged(prior, instance));
      untold = [];
      const tally = crowdTally(crowd.people);
      addCrowd(tally, crowd, graphs);
      const alone = ratiosAgainst(ownerSums(stretch, graphs), tally, keys);
      // The first is of several hops, whose sums are added up in another order.
      if (compared > 0)
        assert.deepEqual(
          score.against,
          alone.map((ratio) => Math.min(1.8, ratio)),
        );
      [compared, keys] = [compared + 1, 0];
    }
    if (compared > 12) break;
    track.accept(event);
    if (event.event === 'press') keys += 1;
    untold.push(...stream.accept(event));
  }
  assert.ok(compared > 12);
});

test('a second profile takes the owner at the other keyboard for the owner, and still nobody else', async () => {
  const one = await known();
  assert.ok(gained(await one.type('grace', 300, false)) > 10, 'without the profile the dock is somebody else');
  const two = await knownTwice();
  assert.equal(two.profiles.learning(), null);
  assert.ok(gained(await two.type('grace', 300, false)) < 1, 'the dock');
  assert.equal(two.profiles.inUse(), DOCK);
  assert.ok(gained(await two.type('ada', 300, false)) < 1, 'the laptop');
  assert.ok(gained(await two.type('heavy grace', 300, false)) > 10, 'somebody else');
});

test('while a profile is being learned nothing speaks against the owner, and what comes in teaches it alone', async () => {
  const made = await known();
  await made.track.release();
  const before = strokesOf(made, LAPTOP);
  made.profiles.add('Dock', made.nowUs / 1000);
  const view = made.track.view(made.nowUs);
  assert.deepEqual([view.status, view.enrolment.have, view.enrolment.need], ['learning', 0, 600]);
  assert.equal(view.reason, 'Learning for Dock. Until that is done, only what fits a profile that is known is scored.');
  assert.equal(made.track.needsTrust(), false);
  assert.deepEqual(await made.type('grace', 300), [], 'what does not fit says nothing');
  assert.ok((await made.type('ada', 100)).every(({ llr }) => llr > 0));
  await made.track.release();
  assert.equal(strokesOf(made, LAPTOP), before);
  assert.equal(strokesOf(made, DOCK), 400);
});

test('only the profile that is clearly in use learns on', async () => {
  const made = await knownTwice();
  const countedNow = async (): Promise<readonly number[]> => {
    await made.track.release();
    return [strokesOf(made, LAPTOP), strokesOf(made, DOCK)];
  };
  const [laptop = 0, dock = 0] = await countedNow();
  // The interruption at the end takes away what has not waited two minutes.
  await made.type('grace', 900);
  const [laptopThen = 0, dockThen = 0] = await countedNow();
  assert.equal(laptopThen, laptop);
  assert.ok(dockThen > dock + 300, `${dockThen - dock} keystrokes`);
});

test('a profile that is removed is forgotten, in memory and in the store', async () => {
  const made = await knownTwice();
  made.profiles.remove(DOCK);
  await made.track.forget(DOCK);
  assert.ok(gained(await made.type('grace', 300, false)) > 10);
  assert.deepEqual(
    made.store.models().map(({ profile }) => profile),
    [LAPTOP],
  );
  assert.equal(strokesOf(made, DOCK), 0);
});

test('what is known of each profile comes back after a restart', async () => {
  const made = await knownTwice();
  await made.track.release();
  const again = bench(made.store);
  again.nowUs = made.nowUs;
  await again.track.load();
  for (const hand of ['ada', 'grace'] as const) assert.ok(gained(await again.type(hand, 200, false)) < 1, hand);
  assert.ok(again.track.standing(DOCK).have >= 600);
});

test('every training is a version; going back forgets what was learned since, and does not learn it again', async () => {
  const made = await known();
  const { track } = made;
  const first = track.standing(LAPTOP).versions[0];
  assert.deepEqual([first?.version, first?.why], [1, 'enrolment']);
  // Somebody else teaches it, as if trust had been high.
  await made.type('heavy grace', 2500);
  assert.equal(track.wantsTraining(), true);
  await track.train(made.nowUs / 1000);
  const spoilt = await made.type('heavy grace', 300, false);
  await track.release();
  const taught = strokesOf(made, LAPTOP);
  assert.deepEqual(
    track.standing(LAPTOP).versions.map(({ version, why }) => [version, why]),
    [
      [2, 'more'],
      [1, 'enrolment'],
    ],
  );
  const sentence = await track.useVersion(LAPTOP, 1);
  assert.match(
    sentence,
    /^Typing is judged by version 1 again, learned from 700 keystrokes; what came later is forgotten\.$/,
  );
  assert.equal(strokesOf(made, LAPTOP), first?.events);
  assert.ok(taught > 2000);
  const back = await made.type('heavy grace', 300, false);
  assert.ok(gained(back) > 10 && gained(back) > gained(spoilt) + 5, `${gained(back)} after ${gained(spoilt)}`);
  // The next training learns from what there was then, and what has come since.
  await track.train(made.nowUs / 1000, { why: 'asked' });
  const [newest] = track.standing(LAPTOP).versions;
  assert.deepEqual([newest?.version, newest?.why, newest?.events], [3, 'asked', first?.events]);
  await assert.rejects(track.useVersion(LAPTOP, 2), /Version 2 of typing can't be gone back to/);
});

test('going back survives a restart', async () => {
  const made = await known();
  await made.type('heavy grace', 2500);
  await made.track.train(made.nowUs / 1000);
  await made.track.useVersion(LAPTOP, 1);
  const again = bench(made.store);
  again.nowUs = made.nowUs;
  await again.track.load();
  assert.ok(gained(await again.type('heavy grace', 300, false)) > 10);
  await again.track.release();
  assert.equal(strokesOf(again, LAPTOP), 700);
});

test('what could not be learned waits in memory without its order, and teaches when somebody vouches for it', async () => {
  const made = await known();
  const before = strokesOf(made, LAPTOP);
  assert.equal(made.track.takeUnlearned(), null);
  await made.type('grace', 400, false);
  const kept = made.track.takeUnlearned();
  assert.equal(made.track.takeUnlearned(), null, 'taken out');
  assert.ok(kept !== null && kept.events === 400, String(kept?.events));
  await made.track.release();
  assert.equal(strokesOf(made, LAPTOP), before, 'nothing was learned');
  kept.teach(LAPTOP);
  await made.track.train(made.nowUs / 1000, { why: 'confirmed', profile: LAPTOP });
  assert.equal(strokesOf(made, LAPTOP), before + kept.events);
  assert.deepEqual(made.track.standing(LAPTOP).versions[0]?.why, 'confirmed');
});

test('of what could not be learned half an hour is kept, and 5,000 keystrokes at most', async () => {
  const made = await known();
  await made.type('grace', 6000, false);
  const events = made.track.takeUnlearned()?.events ?? 0;
  assert.ok(events <= 5000 && events > 2000, `${events} keystrokes`);
});
