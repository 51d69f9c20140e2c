import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MODALITIES, type Modality } from '../../src-preload/contract.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import type { Track, TrackScore } from './track.ts';

interface Puppet {
  readonly track: Track;
  /** What the next ticks answer. */
  say: TrackScore | null | Error;
  trained: boolean;
  wants: boolean;
  interrupted: number;
  seen: number;
  readonly learnable: boolean[];
}

function puppet(modality: Modality): Puppet {
  const self: Puppet = {
    ...{ say: null, trained: false, wants: false, interrupted: 0, seen: 0, learnable: [] },
    track: {
      modality,
      shared: modality === 'app' || modality === 'linguistic',
      needsTrust: () => self.trained,
      standing: () => ({ maturity: 'none', have: 0, need: 1, refused: false, trouble: null, versions: [] }),
      useVersion: () => Promise.reject(new Error('there is no other version')),
      takeUnlearned: () => null,
      forget: () => Promise.resolve(),
      accept: () => void (self.seen += 1),
      tick: (_, learnable) => {
        self.learnable.push(learnable);
        return self.say instanceof Error ? Promise.reject(self.say) : Promise.resolve(self.say);
      },
      wantsTraining: () => self.wants,
      train: () => {
        self.wants = false;
        self.trained = true;
        return Promise.resolve(`${modality} trained`);
      },
      trained: () => self.trained,
      mature: () => self.trained,
      interrupt: () => void (self.interrupted += 1),
      view: () => ({
        status: 'learning',
        reason: null,
        fix: null,
        evidence: { have: 0, need: 1 },
        enrolment: { have: 0, need: 1 },
      }),
      load: () => Promise.resolve(),
      reset: () => {
        self.trained = false;
        return Promise.resolve();
      },
      release: () => Promise.resolve(),
    },
  };
  return self;
}

const score = (llr: number, share = 1): TrackScore => ({ raw: llr, llr, share, strongest: 'because' });

function build(...puppets: readonly Puppet[]): ReturnType<typeof buildOn> {
  return buildOn(openMemoryStore(), puppets);
}

function buildOn(
  store: Store,
  puppets: readonly Puppet[],
): {
  pipeline: Pipeline;
  store: Store;
  told: string[];
  /** Trainings that nobody asked for. */
  due: string[];
  /** What the user lets be watched. */
  watched: Set<Modality>;
  may: { learn: boolean };
  tick: (n?: number) => Promise<string[]>;
} {
  const told: string[] = [];
  const due: string[] = [];
  const watched = new Set(MODALITIES);
  const may = { learn: true };
  const pipeline = createPipeline({
    settings: DEFAULT_SETTINGS,
    decision: () => DEFAULT_SETTINGS.decision,
    watched: (modality) => watched.has(modality),
    mayLearn: () => may.learn,
    store,
    tracks: puppets.map(({ track }) => track),
    onFailure: (modality, reason) => told.push(`${modality}: ${reason}`),
    onTrained: (_, sentence) => told.push(sentence),
    onDueTraining: (sentence) => due.push(sentence),
    reasonFor: (_, to) => `now ${to}`,
  });
  let nowUs = 1_700_000_000_000_000;
  const tick = async (n = 1): Promise<string[]> => {
    const states: string[] = [];
    for (let i = 0; i < n; i += 1) {
      nowUs += 5_000_000;
      const { point } = await pipeline.tick(nowUs);
      await pipeline.settled();
      states.push(point.state);
    }
    return states;
  };
  return { pipeline, store, told, due, watched, may, tick };
}

test('without a model there is no trust, whatever happens; training starts by itself and scoring follows', async () => {
  const keys = puppet('keystroke');
  const { tick, told, store } = build(keys);
  assert.deepEqual(await tick(3), ['LEARNING', 'LEARNING', 'LEARNING']);
  assert.ok(store.trust(0, 9e15, 10).every(({ trust }) => trust === null));
  keys.wants = true;
  await tick();
  assert.deepEqual(told, ['keystroke trained']);
  keys.say = score(1);
  assert.deepEqual(await tick(), ['NORMAL']);
});

test('a training that nobody asked for is told from one that somebody did', async () => {
  const keys = puppet('keystroke');
  const { tick, told, due, pipeline } = build(keys);
  await pipeline.train(1);
  assert.deepEqual([told, due], [['keystroke trained'], []]);
  keys.wants = true;
  await tick();
  assert.deepEqual([told.length, due], [2, ['keystroke trained']]);
});

test('models of the applications and of writing alone give no score', async () => {
  const [apps, writing] = [puppet('app'), puppet('linguistic')];
  apps.trained = writing.trained = true;
  apps.say = writing.say = score(1);
  assert.deepEqual(await build(apps, writing).tick(2), ['LEARNING', 'LEARNING']);
});

test('somebody else is noticed, written down with points and reason, and nothing recovers by waiting', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  keys.say = score(2);
  const { tick, store } = build(keys);
  await tick(10);
  keys.say = score(-6, 0.5);
  const fall = await tick(8);
  assert.equal(fall.at(-1), 'LOCKDOWN');
  const decisions = store.decisions(10);
  assert.equal(decisions[0]?.to, 'LOCKDOWN');
  assert.equal(decisions[0]?.reason, 'now LOCKDOWN');
  assert.ok((decisions.at(-2)?.points['keystroke'] ?? 0) < 0);
  keys.say = null;
  assert.deepEqual(new Set(await tick(2000)), new Set(['LOCKDOWN']));
});

test('what weighs nothing moves nothing: neither trust nor its band nor the state, whatever it says', async () => {
  const run = async (writes: boolean) => {
    const [keys, writing] = [puppet('keystroke'), puppet('linguistic')];
    keys.trained = writing.trained = true;
    keys.say = score(1);
    const { tick, pipeline, store } = build(keys, writing);
    await tick(5);
    keys.say = null;
    writing.say = writes ? score(-6) : null;
    const states = await tick(20);
    return { states, point: pipeline.point(0), said: store.scores(0, Number.MAX_SAFE_INTEGER).at(-1) };
  };
  const [silent, none] = [await run(true), await run(false)];
  assert.deepEqual([silent.states, silent.point], [none.states, none.point]);
  // It is kept for who looks back.
  assert.deepEqual([silent.said?.modality, silent.said?.llr, silent.said?.points], ['linguistic', -6, 0]);
});

test('silence never raises an alarm', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  keys.say = score(2);
  const { tick } = build(keys);
  await tick(10);
  keys.say = null;
  assert.deepEqual(new Set(await tick(5000)), new Set(['NORMAL']));
});

test('one doubtful window and then silence is no alarm', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  keys.say = score(2);
  const { tick } = build(keys);
  await tick(10);
  keys.say = score(-8);
  await tick();
  keys.say = null;
  assert.deepEqual(new Set(await tick(100)), new Set(['NORMAL']));
});

test('windows teach the model while learning and while trust is high, not when somebody else may be typing', async () => {
  const keys = puppet('keystroke');
  const { tick } = build(keys);
  await tick();
  keys.trained = true;
  keys.say = score(2);
  await tick(10);
  keys.say = score(-6);
  await tick(4);
  assert.equal(keys.learnable[0], true, 'learning');
  assert.equal(keys.learnable[10], true, 'trusted');
  assert.deepEqual(keys.learnable.slice(-2), [false, false], 'not trusted');
});

test('nothing teaches anything while nothing may, whatever the trust', async () => {
  const [keys, mouse] = [puppet('keystroke'), puppet('mouse')];
  keys.trained = true;
  keys.say = score(2);
  const { tick, may } = build(keys, mouse);
  await tick(10);
  may.learn = false;
  await tick(3);
  may.learn = true;
  await tick();
  for (const { learnable } of [keys, mouse]) assert.deepEqual(learnable.slice(-5), [true, false, false, false, true]);
});

test('a modality that is learned first does not keep the others from learning', async () => {
  const keys = puppet('keystroke');
  const mouse = puppet('mouse');
  mouse.trained = true;
  const { tick } = build(keys, mouse);
  assert.deepEqual(await tick(3), ['NORMAL', 'NORMAL', 'NORMAL']);
  assert.deepEqual(keys.learnable, [true, true, true]);
  assert.deepEqual(mouse.learnable.slice(1), [false, false], 'trust is not high enough to teach the learned one');
  mouse.say = score(-6);
  await tick(8);
  assert.equal(keys.learnable.at(-1), false, 'somebody else may be typing');
});

test('one failing modality is told and leaves the others at work', async () => {
  const keys = puppet('keystroke');
  const mouse = puppet('mouse');
  keys.trained = true;
  mouse.trained = true;
  keys.say = score(1);
  mouse.say = new Error('model mouse-svm refused');
  const { tick, told, store } = build(keys, mouse);
  assert.deepEqual(await tick(), ['NORMAL']);
  assert.deepEqual(told, ['mouse: model mouse-svm refused']);
  assert.deepEqual(
    store.scores(0, 9e15).map(({ modality }) => modality),
    ['keystroke'],
  );
});

test('re-authentication ends an alarm at once', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  keys.say = score(-6);
  const { tick, pipeline, store } = build(keys);
  assert.equal((await tick(8)).at(-1), 'LOCKDOWN');
  const { point, decision } = pipeline.reauthenticated(1_700_000_041_000);
  assert.deepEqual([point.state, point.trust && Math.round(point.trust)], ['NORMAL', 90], 'what a password is worth');
  assert.deepEqual([decision?.from, decision?.to, decision?.points], ['LOCKDOWN', 'NORMAL', {}]);
  assert.deepEqual(store.decisions(1), [decision]);
  assert.equal(buildOn(store, [keys]).pipeline.point(1).state, 'NORMAL', 'remembered');
  keys.say = null;
  assert.deepEqual(await tick(), ['NORMAL']);
  keys.say = score(1);
  assert.deepEqual(await tick(), ['NORMAL']);
});

test('re-authentication without an alarm, or without a model, is no decision', async () => {
  const keys = puppet('keystroke');
  const learning = build(keys);
  await learning.tick();
  assert.equal(learning.pipeline.reauthenticated(1_700_000_010_000).decision, null);
  assert.equal(learning.pipeline.reauthenticated(1_700_000_010_000).point.trust, null);
  keys.trained = true;
  keys.say = score(1);
  const { tick, pipeline } = build(keys);
  await tick(3);
  assert.equal(pipeline.reauthenticated(1_700_000_020_000).decision, null);
});

test('what is turned off sees nothing, neither scores nor learns nor trains, and without typing and mouse there is no score', async () => {
  const keys = puppet('keystroke');
  const mouse = puppet('mouse');
  keys.trained = true;
  keys.say = score(1);
  mouse.wants = true;
  const { tick, watched, told, pipeline } = build(keys, mouse);
  watched.delete('mouse');
  assert.deepEqual(await tick(), ['NORMAL']);
  pipeline.accept({ type: 'mouse', ts: 1, x: 1, y: 1, event: 'move' });
  assert.deepEqual([told, mouse.learnable, mouse.seen, keys.seen], [[], [], 0, 1]);
  assert.equal(pipeline.mature(), true);
  watched.delete('keystroke');
  watched.add('app');
  assert.deepEqual(await tick(), ['LEARNING']);
  assert.equal(pipeline.mature(), false);
});

test('a threshold that the user has moved holds from the next tick on', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  let normal = 70;
  const store = openMemoryStore();
  const pipeline = createPipeline({
    settings: DEFAULT_SETTINGS,
    decision: () => ({ ...DEFAULT_SETTINGS.decision, normal }),
    watched: () => true,
    store,
    tracks: [keys.track],
    onFailure: (_, reason) => assert.fail(reason),
    onTrained: () => undefined,
    reasonFor: () => 'why',
  });
  const states: string[] = [];
  keys.say = score(0);
  for (let i = 1; i <= 8; i += 1) {
    // P(owner) = .9 is where nothing is known, and evidence of 0 leaves it there but for the switching prior.
    if (i === 4) normal = 95;
    states.push((await pipeline.tick(1_700_000_000_000_000 + i * 5_000_000)).point.state);
  }
  assert.deepEqual(states, [...Array<string>(5).fill('NORMAL'), ...Array<string>(3).fill('MONITORING')]);
});

test('an interruption reaches every modality', () => {
  const keys = puppet('keystroke');
  const mouse = puppet('mouse');
  build(keys, mouse).pipeline.interrupt();
  assert.deepEqual([keys.interrupted, mouse.interrupted], [1, 1]);
});

test('after a reset it learns anew', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  const { tick, pipeline } = build(keys);
  await tick();
  await pipeline.reset();
  assert.deepEqual(await tick(), ['LEARNING']);
});

test('whoever ends the agent and starts it again finds it as it was', async () => {
  const keys = puppet('keystroke');
  keys.trained = true;
  keys.say = score(-6);
  const { tick, store } = build(keys);
  await tick(8);
  const again = buildOn(store, [keys]).pipeline;
  const { state, trust } = again.point(1);
  assert.equal(state, 'LOCKDOWN');
  assert.ok((trust ?? 100) < 35);
  await again.reset();
  assert.equal(buildOn(store, [puppet('keystroke')]).pipeline.point(1).state, 'LEARNING');
});

test('an order to train waits for the training that is under way, and reaches the one it is for', async () => {
  const keys = puppet('keystroke');
  const orders: unknown[] = [];
  const slow = Promise.withResolvers<string>();
  const track: Track = {
    ...keys.track,
    train: (_, order) => {
      orders.push(order);
      return orders.length === 1 ? slow.promise : Promise.resolve('trained again');
    },
  };
  const { pipeline } = build({ ...keys, track });
  const first = pipeline.train(0);
  const second = pipeline.retrain('keystroke', 1, { why: 'confirmed', profile: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(orders.length, 1);
  slow.resolve('trained');
  assert.deepEqual([await first, await second], [['trained'], 'trained again']);
  assert.deepEqual(orders, [undefined, { why: 'confirmed', profile: 2 }]);
  await assert.rejects(pipeline.retrain('mouse', 1, { why: 'confirmed' }), /there is no mouse/);
});

test('two that ask for training at once get the same one', async () => {
  const keys = puppet('keystroke');
  const { pipeline, told } = build(keys);
  const both = await Promise.all([pipeline.train(0), pipeline.train(0)]);
  assert.deepEqual(both, [['keystroke trained'], ['keystroke trained']]);
  assert.deepEqual(told, ['keystroke trained']);
});
